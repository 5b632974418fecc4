//! Pictures from shapes, with the words that stand for them.

use super::text::{ACCENT, Colour, INK, LINE, PAPER, SOFT, Span};

/// A line around or through something.
#[derive(Debug, Clone, Copy)]
pub struct Stroke {
    /// Its colour.
    pub colour: Colour,
    /// Its width in points.
    pub width: f32,
    /// The lengths of dashes and gaps; nothing for a whole line.
    pub dash: Option<[f32; 2]>,
}

/// A step along an outline.
#[derive(Debug, Clone, Copy)]
pub enum Step {
    /// Begin here.
    Move(f32, f32),
    /// Straight to here.
    Line(f32, f32),
    /// Bent by two points, to here.
    Curve([f32; 6]),
    /// Back to where it began.
    Close,
}

impl Step {
    fn moved(self, dx: f32, dy: f32) -> Self {
        match self {
            Self::Move(x, y) => Self::Move(x + dx, y + dy),
            Self::Line(x, y) => Self::Line(x + dx, y + dy),
            Self::Curve([x1, y1, x2, y2, x, y]) => {
                Self::Curve([x1 + dx, y1 + dy, x2 + dx, y2 + dy, x + dx, y + dy])
            }
            Self::Close => Self::Close,
        }
    }
}

/// An outline, filled, stroked or both.
#[derive(Debug, Clone)]
pub struct Outline {
    /// The way along it.
    pub steps: Vec<Step>,
    /// What is inside.
    pub fill: Option<Colour>,
    /// The line along it.
    pub stroke: Option<Stroke>,
}

/// A line of text.
#[derive(Debug, Clone)]
pub struct Words {
    /// Where it is.
    pub x: f32,
    /// The base line.
    pub y: f32,
    /// How much of the text stands left of that point.
    pub share: f32,
    /// The text.
    pub spans: Vec<Span>,
    /// Whether it hides what lies below it.
    pub halo: bool,
}

/// Something drawn.
#[derive(Debug, Clone)]
pub enum Shape {
    /// An outline.
    Outline(Outline),
    /// A line of text.
    Words(Words),
}

impl Outline {
    /// The same outline, moved.
    pub fn moved(&self, dx: f32, dy: f32) -> Self {
        Self { steps: self.steps.iter().map(|step| step.moved(dx, dy)).collect(), ..self.clone() }
    }
}

/// A picture: shapes within a width and a height, from the top left.
#[derive(Debug, Clone, Default)]
pub struct Picture {
    /// Its width.
    pub width: f32,
    /// Its height.
    pub height: f32,
    /// What is drawn, in order.
    pub shapes: Vec<Shape>,
    /// What it says; nothing when the words beside it say the same.
    pub alternative: Option<String>,
}

/// A thin line.
pub const THIN: Stroke = Stroke { colour: INK, width: 0.8, dash: None };
/// A thicker line.
pub const THICK: Stroke = Stroke { colour: INK, width: 1.2, dash: None };
/// What is not known.
pub const DOTS: Stroke = Stroke { colour: ACCENT, width: 0.8, dash: Some([1.2, 1.8]) };
/// What a cap takes away.
pub const GHOST: Stroke = Stroke { colour: SOFT, width: 0.8, dash: Some([1.2, 1.8]) };
/// How far the control points of a quarter circle are.
const ROUND: f32 = 0.5523;

impl Picture {
    /// An empty picture.
    pub fn new(width: f32, height: f32) -> Self {
        Self { width, height, ..Self::default() }
    }

    /// The same picture, saying this.
    pub fn saying(self, words: String) -> Self {
        Self { alternative: Some(words), ..self }
    }

    /// Draws an outline.
    pub fn path(&mut self, steps: Vec<Step>, fill: Option<Colour>, stroke: Option<Stroke>) {
        self.shapes.push(Shape::Outline(Outline { steps, fill, stroke }));
    }

    /// Draws a rectangle; nothing when it has no width.
    pub fn rect(&mut self, [x, y, width, height]: [f32; 4], fill: Option<Colour>, stroke: Option<Stroke>) {
        if width > 0.0 {
            self.polygon(&[(x, y), (x + width, y), (x + width, y + height), (x, y + height)], fill, stroke);
        }
    }

    /// Draws a shape with straight edges.
    pub fn polygon(&mut self, points: &[(f32, f32)], fill: Option<Colour>, stroke: Option<Stroke>) {
        let mut steps: Vec<Step> = points.iter().map(|(x, y)| Step::Line(*x, *y)).collect();
        if let (Some(first), Some((x, y))) = (steps.first_mut(), points.first()) {
            *first = Step::Move(*x, *y);
        }
        steps.push(Step::Close);
        self.path(steps, fill, stroke);
    }

    /// Draws a line.
    pub fn line(&mut self, from: (f32, f32), to: (f32, f32), stroke: Stroke) {
        self.path(vec![Step::Move(from.0, from.1), Step::Line(to.0, to.1)], None, Some(stroke));
    }

    /// Draws a circle.
    pub fn circle(&mut self, x: f32, y: f32, radius: f32, fill: Option<Colour>, stroke: Option<Stroke>) {
        let mut steps = vec![Step::Move(x + radius, y)];
        steps.extend(quarter_turns(x, y, radius, 4));
        steps.push(Step::Close);
        self.path(steps, fill, stroke);
    }

    /// Writes a line of text.
    pub fn text(&mut self, x: f32, y: f32, share: f32, spans: Vec<Span>) {
        self.shapes.push(Shape::Words(Words { x, y, share, spans, halo: false }));
    }

    /// Writes a line of text that hides what lies below it.
    pub fn label(&mut self, x: f32, y: f32, share: f32, spans: Vec<Span>) {
        self.shapes.push(Shape::Words(Words { x, y, share, spans, halo: true }));
    }

    /// Draws a hatched rectangle: what is only stated.
    pub fn hatch(&mut self, [x, y, width, height]: [f32; 4]) {
        const GAP: f32 = 3.2;
        if width <= 0.0 {
            return;
        }
        let stroke = Stroke { colour: ACCENT, width: 0.9, dash: None };
        let mut steps = Vec::new();
        // Lines from the lower left to the upper right, cut off at the edges.
        let mut at = GAP;
        while at < width + height {
            let (low, high) = ((at - height).max(0.0), at.min(width));
            steps.push(Step::Move(x + low, y + (at - low)));
            steps.push(Step::Line(x + high, y + (at - high)));
            at += GAP;
        }
        self.path(steps, None, Some(stroke));
        self.rect([x, y, width, height], None, Some(Stroke { width: 0.6, ..stroke }));
    }

    /// A part of a bar that is solid where proven, hatched where stated and dotted where possible.
    pub fn worlds(&mut self, [proven, stated, possible]: [f32; 3], y: f32, height: f32) {
        self.rect([0.0, y, proven, height], Some(ACCENT), None);
        self.hatch([proven, y, stated - proven, height]);
        self.rect([stated, y, possible - stated, height], None, Some(DOTS));
    }

    /// The mark for what is proven.
    pub fn proven(&mut self, x: f32, y: f32, size: f32) {
        let half = size * 0.5;
        let edge = Stroke { colour: PAPER, width: 0.8, dash: None };
        self.rect([x - half, y - half, size, size], Some(INK), Some(edge));
    }

    /// The mark for what is stated.
    pub fn stated(&mut self, x: f32, y: f32, size: f32, fill: Colour, edge: Colour) {
        let half = size * 0.85;
        let edge = Stroke { colour: edge, width: 0.8, dash: None };
        self.polygon(&[(x, y - half), (x + half, y), (x, y + half), (x - half, y)], Some(fill), Some(edge));
    }

    /// The mark for what is possible.
    pub fn possible(&mut self, x: f32, y: f32, size: f32) {
        self.circle(x, y, size * 0.85, Some(PAPER), Some(THICK));
    }

    /// The mark for what was stated last time.
    pub fn before(&mut self, x: f32, y: f32, size: f32) {
        let edge = Stroke { colour: SOFT, width: 0.8, dash: None };
        self.polygon(
            &[(x, y - size * 0.6), (x + size * 0.6, y + size * 0.5), (x - size * 0.6, y + size * 0.5)],
            Some(PAPER),
            Some(edge),
        );
    }

    /// The shape of a step that is stopped.
    pub fn stopped(&mut self, x: f32, y: f32, r: f32) {
        let (far, near) = (r, r * 0.414);
        let corners = [
            (x - near, y - far),
            (x + near, y - far),
            (x + far, y - near),
            (x + far, y + near),
            (x + near, y + far),
            (x - near, y + far),
            (x - far, y + near),
            (x - far, y - near),
        ];
        self.polygon(&corners, Some(ACCENT), None);
        self.rect([x - r * 0.19, y - r * 0.6, r * 0.38, r * 1.2], Some(PAPER), None);
    }

    /// The shape of a step that is hindered.
    pub fn hindered(&mut self, x: f32, y: f32, r: f32) {
        self.circle(x, y, r, Some(PAPER), None);
        let mut steps = vec![Step::Move(x + r, y)];
        steps.extend(quarter_turns(x, y, r, 2));
        steps.push(Step::Close);
        self.path(steps, Some(ACCENT), None);
        self.circle(x, y, r, None, Some(THICK));
    }

    /// The shape of a step that is open.
    pub fn open(&mut self, x: f32, y: f32, r: f32) {
        self.circle(x, y, r, Some(PAPER), Some(THICK));
        self.line((x - r * 0.55, y), (x + r * 0.5, y), THICK);
        let tip = vec![
            Step::Move(x + r * 0.12, y - r * 0.4),
            Step::Line(x + r * 0.5, y),
            Step::Line(x + r * 0.12, y + r * 0.4),
        ];
        self.path(tip, None, Some(THICK));
    }

    /// The shape of a step that is impossible here.
    pub fn impossible(&mut self, x: f32, y: f32, r: f32) {
        let edge = Stroke { colour: LINE, width: 1.0, dash: Some([1.5, 1.5]) };
        self.rect([x - r, y - r, r * 2.0, r * 2.0], Some(PAPER), Some(edge));
        let arm = r * 0.45;
        self.line((x - arm, y - arm), (x + arm, y + arm), THICK);
        self.line((x + arm, y - arm), (x - arm, y + arm), THICK);
    }
}

/// So many quarters of a circle, clockwise from the right.
fn quarter_turns(x: f32, y: f32, r: f32, quarters: usize) -> impl Iterator<Item = Step> {
    let k = r * ROUND;
    let all = [
        [x + r, y + k, x + k, y + r, x, y + r],
        [x - k, y + r, x - r, y + k, x - r, y],
        [x - r, y - k, x - k, y - r, x, y - r],
        [x + k, y - r, x + r, y - k, x + r, y],
    ];
    all.into_iter().take(quarters).map(Step::Curve)
}

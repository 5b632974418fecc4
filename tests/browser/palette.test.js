// The contrast of every pair of colours that can meet, computed from the style sheet.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { root } from "./browser.js";

const css = ["base.css", "report/report.css", "form/form.css"].map((name) => readFileSync(join(root, "templates", name), "utf8")).join("\n");

/** The palettes: each `:root` that names colours itself, in order; forced colours belong to the system. */
function palettes() {
  const roots = [...css.matchAll(/:root \{([^}]*)\}/g)].map(([, rules]) =>
    Object.fromEntries([...rules.matchAll(/--(\w+): (#[0-9a-f]{3,6});/g)].map(([, name, colour]) => [name, colour])),
  );
  const [light, dark, print] = roots.filter((root) => root.paper);
  return { light, dark: { ...light, ...dark }, print: { ...light, ...print } };
}

/** Colours of text and, less strictly, of marks and borders that mean something; each with the grounds it meets. */
const text = { ink: ["paper", "panel"], soft: ["paper", "panel"], accent: ["paper", "panel"], paper: ["ink"] };
const marks = { ink: ["paper", "panel"], accent: ["paper", "panel"], soft: ["paper", "panel"], line: ["paper", "panel"] };
/** Hairlines between rows: decoration, which carries no meaning. */
const decoration = ["rule"];

for (const [scheme, palette] of Object.entries(palettes())) {
  test(`colours of ${scheme} can be told apart`, () => {
    for (const [pairs, least] of [[text, 4.5], [marks, 3]]) {
      for (const [front, grounds] of Object.entries(pairs)) {
        for (const ground of grounds) {
          const ratio = contrast(palette[front], palette[ground]);
          assert.ok(ratio >= least, `${front} on ${ground}: ${ratio.toFixed(2)}`);
        }
      }
    }
  });
}

test("every colour of the palette has been thought of", () => {
  const known = new Set([...Object.keys(text), ...Object.keys(marks), ...Object.values(text).flat(), ...decoration]);
  assert.deepEqual(Object.keys(palettes().light).filter((name) => !known.has(name)), []);
  for (const [, name] of css.matchAll(/[^-]color: var\(--(\w+)\)/g)) {
    assert.ok(name in text, `${name} is used for text`);
  }
});

function contrast(one, other) {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/** Relative luminance as WCAG defines it. */
function luminance(colour) {
  const digits = colour.length === 4 ? [...colour.slice(1)].map((digit) => digit + digit) : colour.slice(1).match(/../g);
  const [red, green, blue] = digits.map((pair) => {
    const share = parseInt(pair, 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

//! The addresses, and what they lead to.

use std::sync::Arc;

use axum::extract::{Path, RawQuery, State};
use axum::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use axum::http::{Method, StatusCode};
use axum::response::{Html, IntoResponse as _, Response};
use axum::routing::{get, post};
use axum::{Extension, Router, middleware};
use tower::Layer as _;

use super::desk::{Desk, Format, Outcome, Visit};
use super::fields::Fields;
use super::guard::{Refusal, STYLE, guard, is_known};
use super::site::Site;
use super::view::{OpenedView, View as _};
use crate::interview::Place;
use crate::model::{FactId, QuestionId};
use crate::render::form;
use crate::render::template::TemplateError;

type Shared = State<Arc<Site>>;

/// Everything behind the guard, as a service of its own: what is refused is never routed.
pub fn app(site: Arc<Site>) -> Router {
    let pages = Router::new()
        .route(STYLE, get(style))
        .route("/open/{key}", get(open))
        .route("/", get(start))
        .route("/choose", get(choices).post(choose))
        .route("/organisation", get(show_organisation).post(take_organisation))
        .route("/fact/{id}", get(show_fact).post(take_fact))
        .route("/question/{id}", get(show_question).post(take_question))
        .route("/tasks", get(tasks))
        .route("/check", get(check))
        .route("/conflict", get(conflict).post(settle))
        .route("/report", get(report))
        .route("/report/read", get(read_report))
        .route("/report/{file}", get(keep_report))
        .route("/stop", get(stop))
        .route("/end", post(end))
        .fallback(async || Refusal::Nowhere.response())
        .method_not_allowed_fallback(async || Refusal::WrongMethod.response())
        .with_state(site.clone());
    Router::new().fallback_service(middleware::from_fn_with_state(site, guard).layer(pages))
}

/// Does something at the desk, where files are read and written and the others need not wait.
async fn at_desk(
    site: Arc<Site>,
    work: impl FnOnce(&mut Desk) -> Result<Outcome, TemplateError> + Send + 'static,
) -> Response {
    match tokio::task::spawn_blocking(move || work(&mut site.desk())).await {
        Ok(Ok(outcome)) => answer(outcome),
        Ok(Err(_)) | Err(_) => Refusal::Fault.response(),
    }
}

fn answer(outcome: Outcome) -> Response {
    match outcome {
        Outcome::Page(page) => Html(page).into_response(),
        Outcome::Go(to) => match HeaderValue::try_from(to) {
            Ok(to) => (StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response(),
            Err(_) => Refusal::Fault.response(),
        },
        Outcome::Report(page) => {
            let policy = HeaderValue::try_from(form::report_policy(&page));
            let mut response = Html(page).into_response();
            if let Ok(policy) = policy {
                response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
            }
            response
        }
        Outcome::File(bytes) => bytes.into_response(),
        Outcome::Nowhere => Refusal::Nowhere.response(),
    }
}

async fn style() -> Response {
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], form::style()).into_response()
}

/// Exchanges the one-time address for a cookie. Asking only for the head uses nothing up.
async fn open(State(site): Shared, Path(key): Path<String>, method: Method, headers: HeaderMap) -> Response {
    if method == Method::GET && is_known(&site, &headers) {
        return answer(Outcome::Go("/".to_owned()));
    }
    if method != Method::GET || !site.unlock(&key) {
        return Refusal::UsedDoor.response();
    }
    site.touch();
    match (form::page(OpenedView::PAGE, &OpenedView::new()), HeaderValue::try_from(site.cookie())) {
        (Ok(page), Ok(cookie)) => ([(header::SET_COOKIE, cookie)], Html(page)).into_response(),
        _ => Refusal::Fault.response(),
    }
}

async fn start(State(site): Shared) -> Response {
    at_desk(site, |desk| Ok(desk.start())).await
}

async fn choices(State(site): Shared) -> Response {
    at_desk(site, Desk::choices).await
}

async fn choose(State(site): Shared, Extension(form): Form) -> Response {
    at_desk(site, move |desk| Ok(desk.choose(&form))).await
}

/// A place, and where the person comes from.
fn visit(place: Place, query: Option<&str>) -> Visit {
    Visit { place, from_check: query == Some("from=check") }
}

async fn show_organisation(State(site): Shared, RawQuery(query): RawQuery) -> Response {
    show(site, Some(Place::Organisation), query).await
}

async fn show_fact(State(site): Shared, Path(id): Path<String>, RawQuery(query): RawQuery) -> Response {
    show(site, FactId::parse(&id).ok().map(Place::Fact), query).await
}

async fn show_question(State(site): Shared, Path(id): Path<String>, RawQuery(query): RawQuery) -> Response {
    show(site, QuestionId::parse(&id).ok().map(Place::Question), query).await
}

async fn show(site: Arc<Site>, place: Option<Place>, query: Option<String>) -> Response {
    let Some(place) = place else { return Refusal::Nowhere.response() };
    at_desk(site, move |desk| desk.show(&visit(place, query.as_deref()))).await
}

type Form = Extension<Fields>;

async fn take_organisation(
    State(site): Shared,
    RawQuery(query): RawQuery,
    Extension(form): Form,
) -> Response {
    take(site, Some(Place::Organisation), query, form).await
}

async fn take_fact(
    State(site): Shared,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
    Extension(form): Form,
) -> Response {
    take(site, FactId::parse(&id).ok().map(Place::Fact), query, form).await
}

async fn take_question(
    State(site): Shared,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
    Extension(form): Form,
) -> Response {
    take(site, QuestionId::parse(&id).ok().map(Place::Question), query, form).await
}

async fn take(site: Arc<Site>, place: Option<Place>, query: Option<String>, form: Fields) -> Response {
    let Some(place) = place else { return Refusal::Nowhere.response() };
    at_desk(site, move |desk| Ok(desk.take(&visit(place, query.as_deref()), &form))).await
}

async fn tasks(State(site): Shared) -> Response {
    at_desk(site, Desk::tasks).await
}

async fn check(State(site): Shared) -> Response {
    at_desk(site, Desk::check).await
}

async fn conflict(State(site): Shared) -> Response {
    at_desk(site, Desk::conflict).await
}

async fn settle(State(site): Shared, Extension(form): Form) -> Response {
    at_desk(site, move |desk| Ok(desk.settle(&form))).await
}

async fn report(State(site): Shared) -> Response {
    at_desk(site, Desk::report_page).await
}

async fn read_report(State(site): Shared) -> Response {
    at_desk(site, |desk| desk.report_in(Format::Html, false)).await
}

/// The report as a file to keep.
async fn keep_report(State(site): Shared, Path(file): Path<String>) -> Response {
    let (format, kind, disposition) = match file.as_str() {
        "report.html" => (Format::Html, "text/html; charset=utf-8", "attachment; filename=\"report.html\""),
        "report.md" => {
            (Format::Markdown, "text/markdown; charset=utf-8", "attachment; filename=\"report.md\"")
        }
        "report.json" => (Format::Json, "application/json", "attachment; filename=\"report.json\""),
        _ => return Refusal::Nowhere.response(),
    };
    let mut response = at_desk(site, move |desk| desk.report_in(format, true)).await;
    if response.status() == StatusCode::OK {
        let mut set =
            |name: HeaderName, value| response.headers_mut().insert(name, HeaderValue::from_static(value));
        set(header::CONTENT_TYPE, kind);
        set(header::CONTENT_DISPOSITION, disposition);
    }
    response
}

async fn stop(State(site): Shared) -> Response {
    at_desk(site, Desk::stop).await
}

async fn end(State(site): Shared) -> Response {
    let response = at_desk(site.clone(), Desk::ended).await;
    site.close.notify_one();
    response
}

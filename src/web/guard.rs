//! Who may ask what: checked before anything is routed, whatever the method and the address.

use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::{self, HeaderName, HeaderValue};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse as _, Response};

use super::fields::Fields;
use super::site::Site;
use super::view::{RefusedView, View as _};
use crate::render::form;

/// The largest form that is read.
const LARGEST: usize = 1024 * 1024;
/// How long a form may take to arrive.
const PATIENCE: Duration = Duration::from_secs(10);

/// The addresses that are open to everybody on this computer: they say nothing about anybody.
pub(super) const STYLE: &str = "/style.css";
pub(super) const DOOR: &str = "/open/";

const POLICY: &str =
    "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// What every response says to the browser.
const HEADERS: [(&str, &str); 7] = [
    ("cache-control", "no-store"),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("content-security-policy", POLICY),
];

/// Why a request is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refusal {
    /// It is not addressed to this site.
    WrongHost,
    /// Neither reading nor a form.
    WrongMethod,
    /// Another site has sent it.
    Elsewhere,
    /// It does not know the secret.
    Stranger,
    /// The one-time address is used up, or was never right.
    UsedDoor,
    /// Not the form of a page of ours.
    NotAForm,
    /// The form does not know what our pages know.
    ForgedForm,
    /// The form is too large.
    TooLarge,
    /// The form did not arrive in time.
    TooSlow,
    /// There is no such page.
    Nowhere,
    /// A fault of this program.
    Fault,
}

impl Refusal {
    fn status(self) -> StatusCode {
        match self {
            Self::WrongMethod => StatusCode::METHOD_NOT_ALLOWED,
            Self::WrongHost | Self::Elsewhere | Self::ForgedForm => StatusCode::FORBIDDEN,
            Self::Stranger | Self::UsedDoor => StatusCode::UNAUTHORIZED,
            Self::NotAForm => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::Nowhere => StatusCode::NOT_FOUND,
            Self::Fault => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn view(self) -> RefusedView {
        let (heading, words, leads_back) = match self {
            Self::WrongHost | Self::WrongMethod | Self::Elsewhere => (
                "This is not allowed",
                "The request did not come from this page itself, so nothing was done.",
                false,
            ),
            Self::Stranger | Self::UsedDoor => (
                "This address cannot be used again",
                "It opens one browser, once. Go on in the window that it opened. If that window is gone, stop safeseat \
                 and start it again: it gives you a new address, and all your answers are still there.",
                false,
            ),
            Self::NotAForm | Self::ForgedForm => (
                "This form is out of date",
                "Nothing was saved. Go back to your answers and try again.",
                true,
            ),
            Self::TooLarge => {
                ("This is too much", "Nothing was saved. Shorten what you entered and try again.", true)
            }
            Self::TooSlow => {
                ("That took too long", "Nothing was saved. Go back to your answers and try again.", true)
            }
            Self::Nowhere => (
                "There is no such page",
                "The question may have gone because of what you said about your organisation.",
                true,
            ),
            Self::Fault => (
                "safeseat has a fault",
                "What you entered last may not be saved. Everything before that is.",
                true,
            ),
        };
        RefusedView::new(heading, words, leads_back)
    }

    /// The page that says so.
    pub(super) fn response(self) -> Response {
        let page = form::page(RefusedView::PAGE, &self.view()).unwrap_or_default();
        let mut response = (self.status(), Html(page)).into_response();
        if self == Self::WrongMethod {
            response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD, POST"));
        }
        response
    }
}

/// Lets a request through, or refuses it; either way the response says what a browser may do with it.
pub(super) async fn guard(State(site): State<Arc<Site>>, request: Request, next: Next) -> Response {
    let mut response = match admit(&site, request).await {
        Ok(request) => next.run(request).await,
        Err(refusal) => refusal.response(),
    };
    for (name, value) in HEADERS {
        let name = HeaderName::from_static(name);
        response.headers_mut().entry(name).or_insert(HeaderValue::from_static(value));
    }
    response
}

async fn admit(site: &Site, request: Request) -> Result<Request, Refusal> {
    check_host(site, &request)?;
    if !matches!(*request.method(), Method::GET | Method::HEAD | Method::POST) {
        return Err(Refusal::WrongMethod);
    }
    check_origin(&request)?;
    let path = request.uri().path();
    if path == STYLE || path.starts_with(DOOR) {
        return if request.method() == Method::POST { Err(Refusal::WrongMethod) } else { Ok(request) };
    }
    if !is_known(site, request.headers()) {
        return Err(Refusal::Stranger);
    }
    site.touch();
    if request.method() == Method::POST { with_form(site, request).await } else { Ok(request) }
}

/// A page of another site can make a browser ask here under a name of its own (DNS rebinding), but cannot change the
/// name that the browser then asks for.
fn check_host(site: &Site, request: &Request) -> Result<(), Refusal> {
    let mut hosts = request.headers().get_all(header::HOST).iter();
    let host = hosts.next().and_then(|host| host.to_str().ok());
    let is_own = host.is_some_and(|host| site.is_host(host));
    if is_own && hosts.next().is_none() && request.uri().authority().is_none() {
        Ok(())
    } else {
        Err(Refusal::WrongHost)
    }
}

/// Where a request comes from, as far as the browser says.
fn check_origin(request: &Request) -> Result<(), Refusal> {
    let mut fetched = values(request.headers(), "sec-fetch-site");
    let fetched = (fetched.next(), fetched.next());
    // A page that was opened from a file leads to the one-time address, which only one who knows it can use.
    let opens = request.method() == Method::GET
        && request.uri().path().starts_with(DOOR)
        && values(request.headers(), "sec-fetch-dest").eq(["document"]);
    match fetched {
        (None | Some("same-origin" | "none"), None) => {}
        (Some("cross-site"), None) if opens => {}
        _ => return Err(Refusal::Elsewhere),
    }
    let own = request.headers().get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let mut origins = values(request.headers(), "origin");
    match (origins.next(), origins.next()) {
        (None, _) => Ok(()),
        (Some(origin), None) if origin.strip_prefix("http://") == Some(own) => Ok(()),
        // Because our pages send no referrer, browsers hide the origin of their forms. Those that do also say that the
        // form comes from this very site, which no other page can make them say.
        (Some("null"), None) if fetched.0 == Some("same-origin") => Ok(()),
        _ => Err(Refusal::Elsewhere),
    }
}

/// The values of a header; one that is not text is like no word that we know.
fn values<'a>(headers: &'a HeaderMap, name: &'a str) -> impl Iterator<Item = &'a str> {
    headers.get_all(name).iter().map(|value| value.to_str().unwrap_or("?"))
}

/// Whether a browser has the cookie.
pub(super) fn is_known(site: &Site, headers: &HeaderMap) -> bool {
    values(headers, "cookie").flat_map(|cookies| cookies.split(';')).any(|cookie| site.knows(cookie))
}

/// Reads the form of a request, which must be one of ours.
async fn with_form(site: &Site, request: Request) -> Result<Request, Refusal> {
    let kind = values(request.headers(), "content-type").next().unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    if !kind.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
        return Err(Refusal::NotAForm);
    }
    let length = values(request.headers(), "content-length").next().and_then(|length| length.parse().ok());
    if length.is_some_and(|length: u64| length > LARGEST as u64) {
        return Err(Refusal::TooLarge);
    }
    let (mut parts, body) = request.into_parts();
    let body = tokio::time::timeout(PATIENCE, to_bytes(body, LARGEST)).await.map_err(|_| Refusal::TooSlow)?;
    let fields = Fields::parse(&body.map_err(|_| Refusal::TooLarge)?);
    if !site.is_own_form(fields.get("csrf")) {
        return Err(Refusal::ForgedForm);
    }
    parts.extensions.insert(fields);
    Ok(Request::from_parts(parts, Body::empty()))
}

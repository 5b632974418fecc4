//! One answers file on one port: who may come in, and what they find.

use std::io;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::Notify;

use super::desk::Desk;
use super::secret::Secret;
use super::view::{LaunchView, View as _};
use crate::render::form;
use crate::render::template::TemplateError;

/// One answers file on one port.
pub struct Site {
    port: u16,
    desk: Mutex<Desk>,
    door: Mutex<Door>,
    /// What the cookie of the person's browser holds.
    session: Secret,
    /// What every form of ours sends back.
    csrf: Secret,
    last_seen: Mutex<Instant>,
    pub(super) close: Notify,
}

/// The one-time address.
#[derive(Debug)]
struct Door {
    key: Secret,
    used: bool,
}

impl Site {
    /// A site on a port, with new secrets.
    ///
    /// # Errors
    /// When the system has no random numbers.
    pub fn new(mut desk: Desk, port: u16) -> io::Result<Self> {
        let csrf = Secret::new()?;
        csrf.expose().clone_into(&mut desk.csrf);
        Ok(Self {
            port,
            desk: Mutex::new(desk),
            door: Mutex::new(Door { key: Secret::new()?, used: false }),
            session: Secret::new()?,
            csrf,
            last_seen: Mutex::new(Instant::now()),
            close: Notify::new(),
        })
    }

    /// The address that lets one browser in, once.
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}/open/{}", self.port, held(&self.door).key.expose())
    }

    /// A page that leads to the address: a program that is told to open it sees the name of a file, and the address
    /// stands on no command line, where every user of this computer could read it.
    ///
    /// # Errors
    /// When a template is wrong, which is a mistake in the program.
    pub fn launcher(&self) -> Result<String, TemplateError> {
        form::page(LaunchView::PAGE, &LaunchView::new(self.address()))
    }

    /// Whether there is a file: it is made when something is saved for the first time.
    pub fn has_file(&self) -> bool {
        self.desk().has_file()
    }

    /// The names by which a browser may ask for this site.
    pub(super) fn is_host(&self, host: &str) -> bool {
        [format!("127.0.0.1:{}", self.port), format!("localhost:{}", self.port)].iter().any(|own| own == host)
    }

    /// Uses the one-time address up. A wrong key leaves it as it is.
    pub(super) fn unlock(&self, key: &str) -> bool {
        let mut door = held(&self.door);
        let opens = door.key.is(key) && !door.used;
        door.used |= opens;
        opens
    }

    /// The name of the cookie. Cookies do not know ports, so that two sites need two names.
    fn cookie_name(&self) -> String {
        format!("safeseat-{}", self.port)
    }

    /// The cookie that the browser gets in exchange for the one-time address.
    pub(super) fn cookie(&self) -> String {
        format!("{}={}; Path=/; HttpOnly; SameSite=Strict", self.cookie_name(), self.session.expose())
    }

    /// Whether a cookie is that of the person's browser.
    pub(super) fn knows(&self, cookie: &str) -> bool {
        cookie
            .trim()
            .split_once('=')
            .is_some_and(|(name, value)| name == self.cookie_name() && self.session.is(value))
    }

    /// Whether a form is one of ours.
    pub(super) fn is_own_form(&self, csrf: &str) -> bool {
        self.csrf.is(csrf)
    }

    /// What the person does. A call that failed half-way has saved all or nothing, so the next one may go on.
    pub(super) fn desk(&self) -> MutexGuard<'_, Desk> {
        held(&self.desk)
    }

    /// The person has done something.
    pub(super) fn touch(&self) {
        *held(&self.last_seen) = Instant::now();
    }

    /// How long the person has done nothing.
    pub(super) fn idle(&self) -> Duration {
        held(&self.last_seen).elapsed()
    }
}

fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

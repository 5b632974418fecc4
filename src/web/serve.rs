//! Running the site: a socket on loopback, limits for those who hold connections, and an end.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::io;
use std::net::{Ipv4Addr, TcpListener};
use std::pin::pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::TcpStream;
use tokio::task::AbortHandle;
use tower::ServiceExt as _;

use super::routes::app;
use super::site::Site;

/// How long the last responses may take when the site ends.
const FAREWELL: Duration = Duration::from_secs(2);
/// How long to wait when the system has no room for another connection.
const PAUSE: Duration = Duration::from_millis(20);
/// The most that one request says before its body.
const LONGEST_HEAD: usize = 16 * 1024;

/// What the site puts up with.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// How long the person may do nothing before the site ends itself.
    pub idle: Duration,
    /// How long a connection may stand there without asking anything.
    pub silence: Duration,
    /// How many connections there may be; the one that has been silent longest makes room for the next.
    pub connections: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { idle: Duration::from_secs(30 * 60), silence: Duration::from_secs(30), connections: 1000 }
    }
}

/// Why the site has ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// The person asked for it on the page.
    Asked,
    /// The person has done nothing for a long time.
    Idle,
    /// The person or the system has stopped the program.
    Interrupted,
}

/// A socket on this computer only. Without a port the system chooses one.
///
/// # Errors
/// When the port is taken or not allowed.
pub fn listen(port: Option<u16>) -> io::Result<TcpListener> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port.unwrap_or(0)))?;
    listener.set_nonblocking(true)?;
    Ok(listener)
}

/// Runs a site until it ends. The person is told of it when it can be stopped properly, and not before.
///
/// # Errors
/// When the system refuses what any server needs, or the person cannot be told.
pub fn serve(
    listener: TcpListener,
    site: Arc<Site>,
    limits: Limits,
    tell: impl FnOnce() -> io::Result<()>,
) -> io::Result<Ended> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let ended = runtime.block_on(run(listener, site, limits, tell));
    runtime.shutdown_timeout(FAREWELL);
    ended
}

async fn run(
    listener: TcpListener,
    site: Arc<Site>,
    limits: Limits,
    tell: impl FnOnce() -> io::Result<()>,
) -> io::Result<Ended> {
    let stop = Stop::expected()?;
    tell()?;
    let listener = tokio::net::TcpListener::from_std(listener)?;
    let app = app(site.clone());
    let (graceful, crowd) = (GracefulShutdown::new(), Crowd::default());
    let mut end = pin!(end(&site, limits.idle, stop));
    let ended = loop {
        tokio::select! {
            ended = &mut end => break ended,
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) if crowd.has_room(limits.connections) => {
                    attend(stream, app.clone(), &graceful, &crowd, limits.silence);
                }
                Ok(_) => {}
                // The system has no room, or the other side has gone already.
                Err(_) => {
                    crowd.send_one_away();
                    tokio::time::sleep(PAUSE).await;
                }
            }
        }
    };
    drop(listener);
    let _ = tokio::time::timeout(FAREWELL, graceful.shutdown()).await;
    Ok(ended)
}

/// Waits for a reason to end.
async fn end(site: &Site, idle: Duration, stop: Stop) -> Ended {
    tokio::select! {
        () = asked(site) => Ended::Asked,
        () = idle_for(site, idle) => Ended::Idle,
        () = stop.comes() => Ended::Interrupted,
    }
}

/// The person asks for the end on a page, and the last page still wants its style.
async fn asked(site: &Site) {
    site.close.notified().await;
    tokio::time::sleep(FAREWELL).await;
}

async fn idle_for(site: &Site, idle: Duration) {
    while let Some(rest) = idle.checked_sub(site.idle()).filter(|rest| !rest.is_zero()) {
        tokio::time::sleep(rest).await;
    }
}

/// Ctrl-C, and on Unix the system's request to end. Both are caught from the moment it is made.
#[cfg(unix)]
struct Stop(tokio::signal::unix::Signal, tokio::signal::unix::Signal);

#[cfg(unix)]
impl Stop {
    fn expected() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self(signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?))
    }

    async fn comes(mut self) {
        tokio::select! { _ = self.0.recv() => {}, _ = self.1.recv() => {} }
    }
}

/// Ctrl-C, caught from the moment it is made.
#[cfg(windows)]
struct Stop(tokio::signal::windows::CtrlC);

#[cfg(windows)]
impl Stop {
    fn expected() -> io::Result<Self> {
        tokio::signal::windows::ctrl_c().map(Self)
    }

    async fn comes(mut self) {
        self.0.recv().await;
    }
}

/// Attends to a connection.
fn attend(stream: TcpStream, app: Router, graceful: &GracefulShutdown, crowd: &Crowd, silence: Duration) {
    let _ = stream.set_nodelay(true);
    let busy = Arc::new(AtomicBool::new(false));
    let place = crowd.next();
    let service = {
        let busy = busy.clone();
        service_fn(move |request: hyper::Request<hyper::body::Incoming>| {
            let (app, busy) = (app.clone(), busy.clone());
            async move {
                busy.store(true, Ordering::Relaxed);
                let response = app.oneshot(request).await;
                busy.store(false, Ordering::Relaxed);
                Ok::<_, Infallible>(response.unwrap_or_else(|never| match never {}))
            }
        })
    };
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(silence)
        .max_buf_size(LONGEST_HEAD)
        .serve_connection(TokioIo::new(stream), service);
    let connection = graceful.watch(connection);
    let seat = Seat { crowd: crowd.clone(), place };
    let task = tokio::spawn(async move {
        let _seat = seat;
        // A connection that breaks off concerns nobody else.
        let _ = connection.await;
    });
    crowd.admit(place, Guest { task: task.abort_handle(), busy });
}

/// The connections, the oldest first.
#[derive(Clone, Default)]
struct Crowd(Arc<Mutex<Guests>>);

#[derive(Default)]
struct Guests {
    next: u64,
    present: BTreeMap<u64, Guest>,
}

struct Guest {
    task: AbortHandle,
    busy: Arc<AtomicBool>,
}

/// A connection's place in the crowd, given up when it ends in whatever way.
struct Seat {
    crowd: Crowd,
    place: u64,
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.crowd.guests().present.remove(&self.place);
    }
}

impl Crowd {
    fn guests(&self) -> std::sync::MutexGuard<'_, Guests> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn next(&self) -> u64 {
        let mut guests = self.guests();
        guests.next += 1;
        guests.next
    }

    fn admit(&self, place: u64, guest: Guest) {
        self.guests().present.insert(place, guest);
    }

    /// Whether one more may come; if need be, one who asks nothing is sent away.
    fn has_room(&self, most: usize) -> bool {
        self.guests().present.len() < most || self.send_one_away()
    }

    fn send_one_away(&self) -> bool {
        let mut guests = self.guests();
        let silent = guests.present.iter().find(|(_, guest)| !guest.busy.load(Ordering::Relaxed));
        let Some(place) = silent.map(|(place, _)| *place) else { return false };
        if let Some(guest) = guests.present.remove(&place) {
            guest.task.abort();
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read as _, Write as _};
    use std::net::TcpStream;
    use std::time::Instant;

    use super::*;
    use crate::web::tests::desk_of_full;

    /// A site that is being served, until the test asks for nothing any more.
    struct Served {
        port: u16,
        key: String,
        ended: std::thread::JoinHandle<io::Result<Ended>>,
        _folder: tempfile::TempDir,
    }

    fn served(limits: Limits) -> Served {
        let folder = tempfile::tempdir().unwrap();
        let listener = listen(None).unwrap();
        let address = listener.local_addr().unwrap();
        assert!(address.ip().is_loopback());
        let desk = desk_of_full(&folder.path().join("answers.toml"));
        let site = Arc::new(Site::new(desk, address.port()).unwrap());
        let key = site.address().rsplit_once("/open/").unwrap().1.to_owned();
        let ended = std::thread::spawn(move || serve(listener, site, limits, || Ok(())));
        Served { port: address.port(), key, ended, _folder: folder }
    }

    impl Served {
        fn connect(&self) -> TcpStream {
            let stream = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)).unwrap();
            stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
            stream
        }

        fn ask(&self, path: &str) -> String {
            let mut stream = self.connect();
            write!(
                stream,
                "GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\n\r\n",
                self.port
            )
            .unwrap();
            let mut answer = String::new();
            stream.read_to_string(&mut answer).unwrap();
            answer
        }
    }

    fn limits() -> Limits {
        Limits { idle: Duration::from_millis(800), silence: Duration::from_millis(300), connections: 20 }
    }

    #[test]
    fn the_site_ends_itself_when_nobody_is_there_and_strangers_do_not_count() {
        let site = served(limits());
        assert!(site.ask(&format!("/open/{}", site.key)).starts_with("HTTP/1.1 200"));
        let start = Instant::now();
        while !site.ended.is_finished() && start.elapsed() < Duration::from_secs(10) {
            if let Ok(mut stream) = TcpStream::connect((Ipv4Addr::LOCALHOST, site.port)) {
                let _ = stream.write_all(b"GET / HTTP/1.1\r\n\r\n");
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        assert_eq!(site.ended.join().unwrap().unwrap(), Ended::Idle);
    }

    #[test]
    fn those_who_only_hold_connections_are_sent_away() {
        let site = served(Limits { idle: Duration::from_secs(5), ..limits() });
        let mut idle: Vec<TcpStream> = (0..100).map(|_| site.connect()).collect();
        // Some say the beginning of something, and never the end.
        for stream in idle.iter_mut().skip(90) {
            let _ = stream.write_all(b"GET /tasks HTTP/1.1\r\nHost: 127");
        }
        let start = Instant::now();
        assert!(site.ask("/tasks").starts_with("HTTP/1.1 401"));
        assert!(start.elapsed() < Duration::from_secs(2), "{:?}", start.elapsed());
        for stream in &mut idle {
            let mut rest = Vec::new();
            // Closed or reset, but not open.
            assert!(
                stream.read_to_end(&mut rest).map_err(|error| error.kind()) != Err(io::ErrorKind::WouldBlock)
            );
        }
    }

    #[test]
    fn a_port_that_is_taken_is_refused() {
        let taken = listen(None).unwrap();
        let port = taken.local_addr().unwrap().port();
        assert_eq!(listen(Some(port)).unwrap_err().kind(), io::ErrorKind::AddrInUse);
    }
}

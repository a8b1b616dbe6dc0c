//! The end: nobody who was accepted goes away without an answer.
use std::sync::atomic::{AtomicUsize, Ordering};

use super::*;

/// What clients saw, counted.
#[derive(Debug, Default)]
struct Seen {
    answered: AtomicUsize,
    lost: AtomicUsize,
}

impl Seen {
    fn count(&self, answered: bool) {
        if answered { &self.answered } else { &self.lost }.fetch_add(1, Ordering::Relaxed);
    }
}

/// Sends request after request on one connection until an answer says that it closes.
async fn keep_asking(address: std::net::SocketAddr, number: u64, seen: Arc<Seen>) {
    let mut client = Client::connect(address).await;
    for turn in 0.. {
        let wait = (number * 7 + turn * 13) % 40;
        let sent = client
            .send(format!("GET /wait/{wait} HTTP/1.1\r\nhost: a\r\n\r\n"))
            .await;
        let answer = client.answer().await;
        let whole = matches!(&answer, Ok(Some(answer)) if answer.body == format!("waited {wait}"));
        seen.count(sent.is_ok() && whole);
        match answer {
            Ok(Some(answer)) if !answer.closes() => tokio::time::sleep(ms((number + turn) % 30)).await,
            _ => return,
        }
    }
}

/// Opens a connection for each request, until the service says that it closes or does not accept any more.
async fn keep_connecting(address: std::net::SocketAddr, seen: Arc<Seen>) {
    while let Ok(mut client) = Client::try_connect(address).await {
        let sent = client.send("GET /wait/5 HTTP/1.1\r\nhost: a\r\n\r\n").await;
        let answer = client.answer().await;
        seen.count(sent.is_ok() && matches!(answer, Ok(Some(_))));
        if !matches!(answer, Ok(Some(answer)) if !answer.closes()) {
            return;
        }
    }
}

#[tokio::test]
async fn a_drain_under_load_loses_no_accepted_request() {
    let mut server = Setup::default().start();
    let seen = Arc::new(Seen::default());
    let mut clients = tokio::task::JoinSet::new();
    for number in 0..64 {
        clients.spawn(keep_asking(server.address(), number, Arc::clone(&seen)));
    }
    for _ in 0..8 {
        clients.spawn(keep_connecting(server.address(), Arc::clone(&seen)));
    }
    tokio::time::sleep(ms(400)).await;
    let before = seen.answered.load(Ordering::Relaxed);
    assert_eq!(server.drain(true).await, 0);
    clients.join_all().await;
    assert!(before > 200, "{before} answers before the drain");
    assert!(seen.answered.load(Ordering::Relaxed) > before);
    assert_eq!(seen.lost.load(Ordering::Relaxed), 0, "{seen:?}");
}

#[tokio::test]
async fn readiness_fails_first_while_new_connections_are_still_served() {
    let drain = DrainTimes {
        settle: ms(500),
        ..Setup::default().drain
    };
    let mut server = Setup {
        drain,
        ..Setup::default()
    }
    .start();
    let address = server.address();
    let draining = tokio::spawn(async move { server.drain(true).await });
    tokio::time::sleep(ms(100)).await;
    let ready = Client::connect(address).await.get("/readyz").await;
    assert_eq!((ready.status, &*ready.body), (503, r#"{"status":"draining"}"#));
    assert_eq!(Client::connect(address).await.get("/livez").await.status, 200);
    let answer = Client::connect(address).await.get("/hello").await;
    assert!(answer.status == 200 && answer.closes());
    assert_eq!(draining.await.unwrap(), 0);
    assert!(Client::try_connect(address).await.is_err());
}

#[tokio::test]
async fn a_request_under_way_is_finished_and_a_resting_connection_is_closed() {
    let mut server = Setup::default().start();
    let (mut busy, mut resting) = (
        Client::connect(server.address()).await,
        Client::connect(server.address()).await,
    );
    resting.get("/hello").await;
    busy.send("GET /wait/800 HTTP/1.1\r\nhost: a\r\n\r\n").await.unwrap();
    tokio::time::sleep(ms(100)).await;
    let start = std::time::Instant::now();
    let (cut, closed, answer) = tokio::join!(server.drain(false), resting.until_closed(), busy.answer());
    assert_eq!(cut, 0);
    assert!(closed < ms(780), "{closed:?}");
    assert_eq!(answer.unwrap().unwrap().body, "waited 800");
    assert!(start.elapsed() < ms(3000));
}

#[tokio::test]
async fn an_answer_that_is_read_slowly_arrives_whole() {
    let mut server = Setup::default().start();
    let mut client = Client::connect(server.address()).await;
    client.send("GET /big HTTP/1.1\r\nhost: a\r\n\r\n").await.unwrap();
    let read = async {
        // Longer than a connection may rest during the drain.
        tokio::time::sleep(ms(700)).await;
        client.answer().await
    };
    let (cut, answer) = tokio::join!(server.drain(false), read);
    assert_eq!(cut, 0);
    assert_eq!(answer.unwrap().unwrap().body.len(), 32 << 20);
}

#[tokio::test]
async fn what_takes_too_long_is_cut_and_counted() {
    let drain = DrainTimes {
        total: ms(300),
        ..Setup::default().drain
    };
    let mut server = Setup {
        drain,
        ..Setup::default()
    }
    .start();
    let mut client = Client::connect(server.address()).await;
    client
        .send("GET /wait/60000 HTTP/1.1\r\nhost: a\r\n\r\n")
        .await
        .unwrap();
    tokio::time::sleep(ms(50)).await;
    let start = std::time::Instant::now();
    assert_eq!(server.drain(false).await, 1);
    assert!(start.elapsed() < ms(1500));
    assert!(matches!(client.answer().await, Ok(None) | Err(_)));
}

#[tokio::test]
async fn without_clients_the_end_comes_at_once() {
    let mut server = Setup::default().start();
    let start = std::time::Instant::now();
    assert_eq!(server.drain(false).await, 0);
    assert!(start.elapsed() < ms(2000), "{:?}", start.elapsed());
}

/// A server whose one core has this to do behind its answers.
fn busy(background: &crate::background::Background, total: Duration) -> Running {
    let background = background.clone();
    let make: Make = Arc::new(move |log| {
        let shared = Shared {
            background: background.clone(),
            ..shared(log, Limits::default())
        };
        Ok(Served::router(routes(), shared))
    });
    let settings = ServerSettings {
        threads: 1,
        ..ServerSettings::default()
    };
    let drain = DrainTimes {
        settle: ms(0),
        linger: ms(10),
        total,
    };
    let server = Server::new("test", "127.0.0.1:0", settings, make).drain(drain);
    server.start(LogWriter::off()).unwrap()
}

#[tokio::test]
async fn a_drain_waits_for_what_goes_on_behind_answers() {
    let background = crate::background::Background::default();
    let mut server = busy(&background, Duration::from_secs(20));
    background.spawn(tokio::time::sleep(ms(400)));
    let begin = std::time::Instant::now();
    assert_eq!(server.drain(false).await, 0);
    assert!(begin.elapsed() >= ms(390), "{:?}", begin.elapsed());
}

#[tokio::test]
async fn a_drain_does_not_wait_for_it_longer_than_for_anything_else() {
    let background = crate::background::Background::default();
    let mut server = busy(&background, ms(300));
    background.spawn(std::future::pending());
    let begin = std::time::Instant::now();
    server.drain(false).await;
    assert!(begin.elapsed() < Duration::from_secs(5), "{:?}", begin.elapsed());
}

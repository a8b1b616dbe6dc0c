//! Slow and greedy clients.
use super::*;

fn quick() -> SocketLimits {
    SocketLimits {
        header_read: ms(150),
        keep_alive: ms(3000),
        ..SocketLimits::default()
    }
}

#[tokio::test]
async fn a_silent_connection_is_closed_after_the_time_for_a_head() {
    let server = Setup {
        sockets: quick(),
        ..Setup::default()
    }
    .start();
    let open = Client::connect(server.address()).await.until_closed().await;
    assert!(open >= ms(140) && open < ms(2000), "{open:?}");
}

#[tokio::test]
async fn a_head_that_trickles_is_closed_in_time_also_on_a_used_connection() {
    let server = Setup {
        sockets: quick(),
        ..Setup::default()
    }
    .start();
    for used in [false, true] {
        let mut client = Client::connect(server.address()).await;
        if used {
            client.get("/hello").await;
            tokio::time::sleep(ms(200)).await;
        }
        let start = std::time::Instant::now();
        for byte in "GET /hello HTTP/1.1\r\nx: ".bytes().chain(std::iter::repeat(b'y')) {
            if client.send([byte]).await.is_err() || start.elapsed() > Duration::from_secs(5) {
                break;
            }
            tokio::time::sleep(ms(10)).await;
        }
        let open = start.elapsed();
        assert!(open >= ms(140) && open < ms(2000), "used: {used}, {open:?}");
    }
}

#[tokio::test]
async fn a_resting_connection_stays_for_the_keep_alive_time() {
    let sockets = SocketLimits {
        keep_alive: ms(600),
        ..quick()
    };
    let server = Setup {
        sockets,
        ..Setup::default()
    }
    .start();
    let mut client = Client::connect(server.address()).await;
    client.get("/hello").await;
    tokio::time::sleep(ms(400)).await;
    assert_eq!(client.get("/hello").await.status, 200);
    let open = client.until_closed().await;
    assert!(open >= ms(590) && open < ms(5000), "{open:?}");
}

#[tokio::test]
async fn a_request_may_take_longer_than_any_pause_of_a_client() {
    let server = Setup {
        sockets: quick(),
        ..Setup::default()
    }
    .start();
    assert_eq!(
        Client::connect(server.address()).await.get("/wait/1000").await.status,
        200
    );
}

#[tokio::test]
async fn an_answer_that_nobody_reads_is_given_up() {
    let sockets = SocketLimits {
        write_idle: ms(200),
        ..SocketLimits::default()
    };
    let server = Setup {
        sockets,
        ..Setup::default()
    }
    .start();
    for path in ["/big", "/endless"] {
        let mut client = Client::connect(server.address()).await;
        client
            .send(format!("GET {path} HTTP/1.1\r\nhost: a\r\n\r\n"))
            .await
            .unwrap();
        let mut waited = 0;
        tokio::time::sleep(ms(100)).await;
        assert_eq!(server.connections(), 1, "{path}");
        while server.connections() > 0 {
            waited += 1;
            assert!(waited < 500, "{path} is still open");
            tokio::time::sleep(ms(10)).await;
        }
    }
}

#[tokio::test]
async fn a_body_that_stalls_is_408() {
    let requests = Limits {
        body_idle: ms(100),
        ..Limits::default()
    };
    let server = Setup {
        requests,
        ..Setup::default()
    }
    .start();
    let mut client = Client::connect(server.address()).await;
    client
        .send("POST /echo HTTP/1.1\r\nhost: a\r\ncontent-length: 9\r\n\r\nabc")
        .await
        .unwrap();
    assert_eq!(client.answer().await.unwrap().unwrap().status, 408);
    client.until_closed().await;
}

#[tokio::test]
async fn a_body_over_the_limit_is_413_and_the_client_can_read_that() {
    let requests = Limits {
        body_bytes: 1000,
        ..Limits::default()
    };
    let server = Setup {
        requests,
        ..Setup::default()
    }
    .start();
    let upload = "x".repeat(3 << 20);
    for head in [
        format!("content-length: {}\r\n\r\n", upload.len()),
        format!("transfer-encoding: chunked\r\n\r\n{:x}\r\n", upload.len()),
    ] {
        let mut client = Client::connect(server.address()).await;
        client
            .send(format!("POST /echo HTTP/1.1\r\nhost: a\r\n{head}"))
            .await
            .unwrap();
        let _ = client.send(&upload).await;
        assert_eq!(client.answer().await.unwrap().unwrap().status, 413, "{head}");
    }
}

#[tokio::test]
async fn a_head_over_the_limit_is_431() {
    let server = Setup::default().start();
    let fields = |count: usize| "x: y\r\n".repeat(count);
    for (fields, status) in [
        (fields(99), 200),
        (fields(100), 431),
        (format!("x: {}\r\n", "y".repeat(63 << 10)), 200),
        (format!("x: {}\r\n", "y".repeat(65 << 10)), 431),
    ] {
        let mut client = Client::connect(server.address()).await;
        let request = format!("GET /hello HTTP/1.1\r\nhost: a\r\n{fields}\r\n");
        client.send(request).await.unwrap();
        assert_eq!(
            client.answer().await.unwrap().unwrap().status,
            status,
            "{} bytes of fields",
            fields.len()
        );
    }
}

#[tokio::test]
async fn a_connection_over_the_limit_is_refused_until_another_ends() {
    let sockets = SocketLimits {
        connections: 2,
        ..SocketLimits::default()
    };
    let server = Setup {
        sockets,
        ..Setup::default()
    }
    .start();
    let (mut first, mut second) = (
        Client::connect(server.address()).await,
        Client::connect(server.address()).await,
    );
    assert_eq!(
        (first.get("/hello").await.status, second.get("/hello").await.status),
        (200, 200)
    );
    let mut third = Client::connect(server.address()).await;
    let refused = third.answer().await.unwrap().unwrap();
    assert_eq!(refused.status, 503);
    assert!(refused.closes());
    drop(first);
    for _ in 0..100 {
        let mut next = Client::connect(server.address()).await;
        if next.send("GET /hello HTTP/1.1\r\nhost: a\r\n\r\n").await.is_ok()
            && next
                .answer()
                .await
                .is_ok_and(|answer| answer.is_some_and(|answer| answer.status == 200))
        {
            return;
        }
        tokio::time::sleep(ms(10)).await;
    }
    panic!("the place of a connection that ended is free again");
}

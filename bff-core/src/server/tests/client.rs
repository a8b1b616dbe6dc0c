//! A client that sends exactly the bytes it is told to.
use std::io;
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

pub(super) struct Client {
    stream: TcpStream,
    buffer: Vec<u8>,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) head: String,
    pub(super) body: String,
}

impl Answer {
    pub(super) fn closes(&self) -> bool {
        self.head.to_ascii_lowercase().contains("connection: close")
    }
}

impl Client {
    pub(super) async fn connect(address: SocketAddr) -> Self {
        Self::try_connect(address).await.unwrap()
    }

    pub(super) async fn try_connect(address: SocketAddr) -> io::Result<Self> {
        Ok(Self {
            stream: TcpStream::connect(address).await?,
            buffer: Vec::new(),
        })
    }

    pub(super) async fn send(&mut self, bytes: impl AsRef<[u8]>) -> io::Result<()> {
        self.stream.write_all(bytes.as_ref()).await
    }

    /// The next answer, or `None` when the server closed without one.
    pub(super) async fn answer(&mut self) -> io::Result<Option<Answer>> {
        let end = loop {
            match self.buffer.windows(4).position(|window| window == b"\r\n\r\n") {
                Some(end) => break end + 4,
                None if self.fill().await? => {}
                None if self.buffer.is_empty() => return Ok(None),
                None => return Err(io::ErrorKind::UnexpectedEof.into()),
            }
        };
        let head: String = String::from_utf8_lossy(&self.buffer.drain(..end).collect::<Vec<_>>()).into();
        let status = head
            .split(' ')
            .nth(1)
            .and_then(|status| status.parse().ok())
            .unwrap_or(0);
        let length = head
            .lines()
            .find_map(|line| line.to_ascii_lowercase().strip_prefix("content-length: ")?.parse().ok());
        let length: usize = length.unwrap_or(0);
        while self.buffer.len() < length {
            if !self.fill().await? {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
        }
        let body = String::from_utf8_lossy(&self.buffer.drain(..length).collect::<Vec<_>>()).into();
        Ok(Some(Answer { status, head, body }))
    }

    pub(super) async fn get(&mut self, path: &str) -> Answer {
        self.send(format!("GET {path} HTTP/1.1\r\nhost: test\r\n\r\n"))
            .await
            .unwrap();
        self.answer().await.unwrap().expect("an answer")
    }

    /// Sends and gives what came until the server closed.
    pub(super) async fn exchange(&mut self, bytes: impl AsRef<[u8]>) -> Vec<u16> {
        let _ = self.send(bytes).await;
        let mut statuses = Vec::new();
        while let Ok(Ok(Some(answer))) = tokio::time::timeout(Duration::from_secs(5), self.answer()).await {
            statuses.push(answer.status);
        }
        statuses
    }

    /// How long the server leaves the connection open, with nothing more to say.
    pub(super) async fn until_closed(&mut self) -> Duration {
        let start = Instant::now();
        let closed = async { while self.fill().await.unwrap_or(false) {} };
        tokio::time::timeout(Duration::from_secs(10), closed)
            .await
            .expect("the server closes the connection");
        start.elapsed()
    }

    async fn fill(&mut self) -> io::Result<bool> {
        Ok(self.stream.read_buf(&mut self.buffer).await? > 0)
    }
}

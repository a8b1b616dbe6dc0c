//! The load: some connections, each asking again as soon as it has its answer.
use std::net::SocketAddr;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::Result;

/// Sends `requests` requests for one path over `connections` connections and checks that all answers are equal.
pub(crate) async fn run(address: SocketAddr, path: &str, requests: usize, connections: usize) -> Result<()> {
    let mut clients = tokio::task::JoinSet::new();
    let expected = get(address, path).await?;
    for _ in 0..connections {
        let (path, length) = (path.to_owned(), expected.len());
        clients.spawn(async move {
            let mut client = Client::connect(address, &path)
                .await
                .map_err(|error| error.to_string())?;
            for _ in 0..requests / connections {
                let got = client.ask().await.map_err(|error| error.to_string())?.len();
                if got != length {
                    return Err(format!("{path}: an answer of {got} bytes after one of {length}"));
                }
            }
            Ok(())
        });
    }
    while let Some(ended) = clients.join_next().await {
        ended??;
    }
    Ok(())
}

/// One answer's body.
pub(crate) async fn get(address: SocketAddr, path: &str) -> Result<Vec<u8>> {
    Ok(Client::connect(address, path).await?.ask().await?.to_vec())
}

struct Client {
    stream: TcpStream,
    request: Vec<u8>,
    buffer: Vec<u8>,
}

impl Client {
    async fn connect(address: SocketAddr, path: &str) -> Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        let request =
            format!("GET {path} HTTP/1.1\r\nhost: {address}\r\naccept: application/json\r\nuser-agent: bench\r\n\r\n");
        Ok(Self {
            stream,
            request: request.into_bytes(),
            buffer: Vec::with_capacity(128 << 10),
        })
    }

    async fn ask(&mut self) -> Result<&[u8]> {
        self.buffer.clear();
        self.stream.write_all(&self.request).await?;
        let (start, end) = loop {
            if self.stream.read_buf(&mut self.buffer).await? == 0 {
                return Err("closed without an answer".into());
            }
            if let Some(bounds) = bounds(&self.buffer)? {
                break bounds;
            }
        };
        while self.buffer.len() < end {
            if self.stream.read_buf(&mut self.buffer).await? == 0 {
                return Err("closed within an answer".into());
            }
        }
        Ok(&self.buffer[start..end])
    }
}

/// Where the body of a successful answer is, once its head is complete.
fn bounds(bytes: &[u8]) -> Result<Option<(usize, usize)>> {
    let Some(head) = bytes.windows(4).position(|window| window == b"\r\n\r\n") else {
        return Ok(None);
    };
    let text = String::from_utf8_lossy(&bytes[..head]).to_ascii_lowercase();
    if !text.starts_with("http/1.1 200") {
        return Err(text.lines().next().unwrap_or_default().to_owned().into());
    }
    let length: usize = text
        .lines()
        .find_map(|line| line.strip_prefix("content-length: "))
        .ok_or("no content-length")?
        .parse()?;
    Ok(Some((head + 4, head + 4 + length)))
}

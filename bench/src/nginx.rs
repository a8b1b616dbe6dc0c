//! The plain proxy: nginx with one worker and kept-alive upstream connections, passing everything through.
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use crate::Result;

/// Starts nginx in the foreground, or nothing where it is not installed.
pub(crate) fn start(address: SocketAddr, upstream: SocketAddr) -> Result<Option<Child>> {
    let dir = std::env::temp_dir().join(format!("bff-bench-nginx-{}", std::process::id()));
    std::fs::create_dir_all(&dir)?;
    let config = dir.join("nginx.conf");
    std::fs::write(&config, configuration(&dir, address, upstream))?;
    let spawned = Command::new("nginx")
        .arg("-p")
        .arg(&dir)
        .arg("-c")
        .arg(&config)
        .stderr(Stdio::null())
        .spawn();
    match spawned {
        Ok(child) => Ok(Some(child)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error.into()),
    }
}

fn configuration(dir: &Path, address: SocketAddr, upstream: SocketAddr) -> String {
    let dir = dir.display();
    format!(
        "daemon off; master_process off; pid {dir}/nginx.pid; error_log /dev/null;
events {{ worker_connections 1024; }}
http {{
  access_log off; tcp_nodelay on; keepalive_requests 100000000;
  client_body_temp_path {dir}/body; proxy_temp_path {dir}/proxy;
  fastcgi_temp_path {dir}/fastcgi; uwsgi_temp_path {dir}/uwsgi; scgi_temp_path {dir}/scgi;
  upstream shop {{ server {upstream}; keepalive 64; keepalive_requests 100000000; }}
  server {{
    listen {address};
    location / {{
      proxy_pass http://shop; proxy_http_version 1.1; proxy_set_header connection \"\";
      proxy_buffers 16 16k;
    }}
  }}
}}
"
    )
}

//! The gate before a shop that visitors reach without a proxy: it gives nobody more connections, header or time than a browser needs.
//! Rocket 0.5 sets no limit on any of these and takes no listener of ours, so it listens on the loopback and the gate passes bytes on.

mod passage;
mod visitors;

use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::time::Duration;

use tokio::net::{TcpListener, TcpSocket, TcpStream};

use visitors::Stay;
pub use visitors::Visitors;

use crate::platform::base::subnet;

/// What one visitor may take.
#[derive(Clone, Copy, Debug)]
pub struct Allowance {
    /// Connections of one address, or of one IPv6 household; 0: any number.
    pub connections: usize,
    /// Connections of all.
    pub in_all: usize,
    /// Bytes of a request's head.
    pub head: usize,
    /// Until the head of a request is there, from its first byte or from the beginning of the connection.
    pub head_time: Duration,
    /// Until the answer begins, from the end of the head.
    pub answer_time: Duration,
    /// Until the next request, from the last byte of an answer.
    pub idle: Duration,
    /// For a piece of an answer to be taken.
    pub stalled: Duration,
}

impl Default for Allowance {
    fn default() -> Allowance {
        Allowance {
            connections: 100,
            in_all: 4096,
            head: 32 * 1024,
            head_time: Duration::from_secs(15),
            answer_time: Duration::from_secs(180),
            idle: Duration::from_secs(75),
            stalled: Duration::from_secs(30),
        }
    }
}

/// A gate that listens; nobody comes through before [`Gate::serve`].
pub struct Gate {
    listener: TcpListener,
    allowance: Allowance,
    /// Who may have any number of connections: each carries many visitors.
    proxies: Vec<IpAddr>,
    visitors: Visitors,
}

impl Gate {
    /// Listens at an address.
    ///
    /// # Errors
    /// What the system says when it cannot be listened on.
    pub async fn bind(address: SocketAddr, allowance: Allowance, proxies: &[IpAddr]) -> io::Result<Gate> {
        let listener = TcpListener::bind(address).await?;
        Ok(Gate { listener, allowance, proxies: proxies.to_vec(), visitors: Visitors::default() })
    }

    /// Where it listens.
    pub fn address(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Who came through, for [`super::ClientAddress`].
    pub fn visitors(&self) -> Visitors {
        self.visitors.clone()
    }

    /// Lets visitors through to the server on this port of the loopback until `closing`; who is inside may finish.
    pub async fn serve(self, port: u16, closing: impl Future<Output = ()>) {
        let mut closing = std::pin::pin!(closing);
        loop {
            let (visitor, from) = tokio::select! {
                () = &mut closing => return,
                accepted = self.listener.accept() => match accepted {
                    Ok(accepted) => accepted,
                    // Out of file handles, or a visitor who left already.
                    Err(error) => {
                        tracing::debug!("a visitor cannot be let in: {error}");
                        tokio::time::sleep(Duration::from_millis(20)).await;
                        continue;
                    }
                },
            };
            let from = from.ip().to_canonical();
            let most = if self.proxies.contains(&from) { 0 } else { self.allowance.connections };
            match self.visitors.come(from, most, self.allowance.in_all) {
                Some(stay) => drop(tokio::spawn(let_in(visitor, stay, port, self.allowance))),
                None => turn_away(&visitor, from),
            }
        }
    }
}

async fn let_in(visitor: TcpStream, mut stay: Stay, port: u16, allowance: Allowance) {
    match inside(&mut stay, port).await {
        Ok(shop) => {
            let (_, _) = (visitor.set_nodelay(true), shop.set_nodelay(true));
            if let Err(why) = passage::pass(visitor, shop, &allowance).await {
                tracing::debug!(network = %subnet(stay.address()), "a connection was ended: {why}");
            }
        }
        Err(error) => tracing::warn!("the server behind the gate cannot be reached: {error}"),
    }
}

/// Connects to the server, which learns by the port who is behind the connection before it can ask.
async fn inside(stay: &mut Stay, port: u16) -> io::Result<TcpStream> {
    let socket = TcpSocket::new_v4()?;
    socket.bind((Ipv4Addr::LOCALHOST, 0).into())?;
    stay.known_by(socket.local_addr()?.port());
    socket.connect((Ipv4Addr::LOCALHOST, port).into()).await
}

fn turn_away(visitor: &TcpStream, from: IpAddr) {
    const ANSWER: &[u8] = b"HTTP/1.1 429 Too Many Requests\r\nConnection: close\r\nRetry-After: 5\r\nContent-Length: 0\r\n\r\n";
    let _ = visitor.try_write(ANSWER);
    tracing::info!(network = %subnet(from), "too many connections from one address; a proxy belongs into BARROW_PROXIES");
}

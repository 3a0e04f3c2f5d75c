//! The shop on a real port, for races and browsers.

use std::time::Duration;

use rocket::tokio;

use super::TestShop;

/// A shop that listens; stops when dropped.
pub struct Running {
    #[allow(dead_code)]
    pub world: TestShop,
    pub url: String,
    shutdown: rocket::Shutdown,
}

#[allow(dead_code)]
impl Running {
    /// Opens a shop and lets it listen on a free port of the loopback.
    pub async fn open() -> Running {
        Running::with(&[]).await
    }

    /// The same, with these variables in its environment.
    pub async fn with(environment: &[(&str, &str)]) -> Running {
        let port = std::net::TcpListener::bind("127.0.0.1:0").and_then(|socket| socket.local_addr()).expect("a free port").port();
        let free = format!("127.0.0.1:{port}");
        let said = environment.iter().find(|(name, _)| *name == "BARROW_ADDRESS").map(|(_, address)| (*address).to_owned());
        let address = said.unwrap_or(free);
        let mut environment = environment.to_vec();
        environment.push(("BARROW_ADDRESS", &address));
        let world = TestShop::with(&environment).await;
        let rocket = barrow::app::rocket::build(&world.shop).ignite().await.expect("the server is built");
        let shutdown = rocket.shutdown();
        tokio::spawn(rocket.launch());
        let url = format!("http://{address}");
        for _ in 0..200 {
            if tokio::net::TcpStream::connect(&address).await.is_ok() {
                return Running { world, url, shutdown };
            }
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
        panic!("the shop does not listen on {address}");
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.shutdown.clone().notify();
    }
}

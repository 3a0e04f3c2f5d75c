//! One connection: bytes go both ways as they come, and a clock runs beside them.
//!
//! Of HTTP it knows the blank line after a head and the sign "100 Continue". What comes from the visitor after an answer has begun is
//! taken for the next head; a body that is sent on after its answer ends there, as it does without a gate.

use std::io;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::{Instant, sleep_until, timeout};

use super::Allowance;

/// Bytes read at a time.
const PIECE: usize = 16 * 1024;

/// Why a connection was ended by us.
#[derive(Debug, thiserror::Error)]
pub(super) enum Ended {
    #[error("no whole request in time")]
    Slow,
    #[error("a head larger than a browser sends")]
    Large,
    #[error("an answer that was not taken")]
    Stalled,
    #[error("{0}")]
    Broken(#[from] io::Error),
}

/// Where a connection stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    /// Nothing is asked.
    Idle,
    /// A head is coming: bytes so far, and how many bytes of a blank line its end may be.
    Head { bytes: usize, blank: usize },
    /// The head is there; body and answer are due.
    Asked,
}

impl Phase {
    /// The phase after these bytes of the visitor.
    fn heard(self, piece: &[u8], most: usize) -> Result<Phase, Ended> {
        const BLANK: &[u8] = b"\r\n\r\n";
        let (mut bytes, mut blank) = match self {
            Phase::Asked => return Ok(Phase::Asked),
            Phase::Idle => (0, 0),
            Phase::Head { bytes, blank } => (bytes, blank),
        };
        for byte in piece {
            bytes += 1;
            blank = match *byte {
                byte if byte == BLANK[blank] => blank + 1,
                b'\r' => 1,
                _ => 0,
            };
            if blank == BLANK.len() {
                return Ok(Phase::Asked);
            }
        }
        if bytes > most { Err(Ended::Large) } else { Ok(Phase::Head { bytes, blank }) }
    }
}

/// Passes bytes on until one side closes or the visitor has used up what he may take.
pub(super) async fn pass(mut visitor: TcpStream, mut shop: TcpStream, allowance: &Allowance) -> Result<(), Ended> {
    let (mut said, mut answered) = (vec![0; PIECE], vec![0; PIECE]);
    let (mut from_visitor, mut to_visitor) = visitor.split();
    let (mut from_shop, mut to_shop) = shop.split();
    // What of `said` the shop has not taken yet: it may answer before it has read everything.
    let mut due = 0..0;
    let (mut clock, mut listening) = (Clock::new(allowance), true);
    let ended = loop {
        let visitor = async {
            if due.is_empty() {
                Step::Said(from_visitor.read(&mut said).await)
            } else {
                Step::Took(to_shop.write(&said[due.clone()]).await)
            }
        };
        tokio::select! {
            step = visitor, if listening => match step {
                Step::Said(Ok(0)) => {
                    listening = false;
                    to_shop.shutdown().await?;
                }
                Step::Said(count) => {
                    let count = count?;
                    match clock.heard(&said[..count]) {
                        Ok(()) => due = 0..count,
                        Err(ended) => break ended,
                    }
                }
                Step::Took(Ok(count)) => due.start += count,
                // It wants no more of this; its answer may still be coming.
                Step::Took(Err(_)) => listening = false,
            },
            read = from_shop.read(&mut answered) => match read? {
                0 => return Ok(to_visitor.shutdown().await?),
                count => {
                    taken(timeout(allowance.stalled, to_visitor.write_all(&answered[..count])).await)?;
                    clock.answered(&answered[..count]);
                }
            },
            () = sleep_until(clock.until) => match clock.phase {
                Phase::Idle => return Ok(()),
                _ => break Ended::Slow,
            }
        }
    };
    if !clock.has_answered {
        // Nothing of an answer is under way, so that words of our own do not get into it.
        let _ = timeout(Duration::from_secs(1), to_visitor.write_all(words(&ended))).await;
    }
    Err(ended)
}

/// What happened on the visitor's side: he said something, or the shop took of what he said.
enum Step {
    Said(io::Result<usize>),
    Took(io::Result<usize>),
}

/// What the visitor has used up.
struct Clock<'a> {
    allowance: &'a Allowance,
    phase: Phase,
    /// When his time in this phase is over.
    until: Instant,
    has_answered: bool,
}

impl Clock<'_> {
    fn new(allowance: &Allowance) -> Clock<'_> {
        Clock { allowance, phase: Phase::Idle, until: Instant::now() + allowance.head_time, has_answered: false }
    }

    fn heard(&mut self, piece: &[u8]) -> Result<(), Ended> {
        let before = self.phase;
        self.phase = before.heard(piece, self.allowance.head)?;
        match (before, self.phase) {
            (Phase::Idle, Phase::Head { .. }) => self.until = Instant::now() + self.allowance.head_time,
            (Phase::Idle | Phase::Head { .. }, Phase::Asked) => self.until = Instant::now() + self.allowance.answer_time,
            _ => {}
        }
        Ok(())
    }

    fn answered(&mut self, piece: &[u8]) {
        if self.phase == Phase::Asked && piece.starts_with(b"HTTP/1.1 100 ") {
            return;
        }
        self.has_answered = true;
        self.phase = Phase::Idle;
        self.until = Instant::now() + self.allowance.idle;
    }
}

fn taken(written: Result<io::Result<()>, tokio::time::error::Elapsed>) -> Result<(), Ended> {
    written.map_err(|_| Ended::Stalled)?.map_err(Ended::Broken)
}

fn words(ended: &Ended) -> &'static [u8] {
    match ended {
        Ended::Large => b"HTTP/1.1 431 Request Header Fields Too Large\r\nConnection: close\r\nContent-Length: 0\r\n\r\n",
        _ => b"HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_ends_at_its_blank_line_however_it_is_cut() {
        let whole = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n";
        for cut in 1..whole.len() {
            let begun = Phase::Idle.heard(&whole[..cut], 100).expect("small");
            assert!(matches!(begun, Phase::Head { bytes, .. } if bytes == cut), "{cut}: {begun:?}");
            assert_eq!(begun.heard(&whole[cut..], 100).expect("small"), Phase::Asked, "{cut}");
        }
        assert_eq!(Phase::Idle.heard(b"a\r\r\n\r\n", 100).expect("small"), Phase::Asked);
        assert!(Phase::Idle.heard(&[b'a'; 101], 100).is_err());
        assert_eq!(Phase::Asked.heard(&[b'a'; 101], 100).expect("a body"), Phase::Asked);
    }
}

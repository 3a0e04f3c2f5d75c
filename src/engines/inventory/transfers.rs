//! Goods on their way from one place to another: what is sent, what arrives, what is missing, and why a transfer says no.

use crate::platform::base::{Day, LocationId, Message, Moment, Refusal, TransferId, VariantId, text_enum};

text_enum! {
    /// How far a transfer is.
    TransferState { Draft = "draft", Sent = "sent", Received = "received", Cancelled = "cancelled" }
}

text_enum! {
    /// Why pieces that were sent do not arrive.
    Missing { Lost = "lost", Damaged = "damaged", NeverSent = "never_sent", Other = "other" }
}

/// Different variants in one transfer.
pub const MOST_LINES: usize = 500;

/// What a transfer is to be.
#[derive(Clone, Debug)]
pub struct NewTransfer<'a> {
    /// `None`: it comes from a supplier.
    pub from: Option<LocationId>,
    pub to: LocationId,
    pub supplier: &'a str,
    pub expected_on: Option<Day>,
    pub note: &'a str,
}

/// A transfer.
#[derive(Clone, Debug)]
pub struct Transfer {
    pub id: TransferId,
    pub from: Option<LocationId>,
    pub to: LocationId,
    pub state: TransferState,
    pub expected_on: Option<Day>,
    pub sent_at: Option<Moment>,
}

/// What of a variant was sent and what became of it, in pieces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TransferLine {
    pub id: i64,
    pub variant: VariantId,
    pub quantity: i32,
    pub received: i32,
    pub lost: i32,
    pub returned: i32,
}

impl TransferLine {
    /// Pieces that are still on their way.
    pub fn coming(&self) -> i32 {
        self.quantity - self.received - self.lost - self.returned
    }
}

/// What was counted of a line when goods arrived.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arrived {
    pub line: i64,
    pub received: i32,
    /// Will not arrive any more.
    pub lost: i32,
}

/// What somebody counted, in one form.
#[derive(Clone, Debug)]
pub struct Receipt<'a> {
    pub lines: &'a [Arrived],
    /// Needed where anything is missing.
    pub reason: Option<Missing>,
    /// The name of the form: sent again, it changes nothing.
    pub form: &'a str,
}

/// The lines as they are after a receipt.
///
/// # Errors
/// Nothing counted, more than was on its way, pieces missing without a reason.
pub fn after(lines: &[TransferLine], receipt: &Receipt<'_>) -> Result<Vec<TransferLine>, TransferRefused> {
    let mut next = lines.to_vec();
    for arrived in receipt.lines {
        let line = next.iter_mut().find(|line| line.id == arrived.line).ok_or(TransferRefused::Changed)?;
        let counted = i64::from(arrived.received) + i64::from(arrived.lost);
        if arrived.received < 0 || arrived.lost < 0 || counted > i64::from(line.coming()) {
            return Err(TransferRefused::MoreThanSent { line: line.id, coming: line.coming() });
        }
        line.received += arrived.received;
        line.lost += arrived.lost;
    }
    if next == lines {
        return Err(TransferRefused::NothingCounted);
    }
    let missing = receipt.lines.iter().any(|line| line.lost > 0);
    if missing && receipt.reason.is_none() { Err(TransferRefused::NoReason) } else { Ok(next) }
}

/// Why a transfer is not changed like this.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TransferRefused {
    Unknown,
    /// Both places are one.
    SamePlace,
    /// Somebody sent, received or cancelled it meanwhile.
    Changed,
    /// There is nothing in it.
    Empty,
    TooManyLines,
    /// Fewer are free where it starts: the others are promised, held or gone.
    NotThere {
        variant: VariantId,
        wanted: i32,
        free: i64,
    },
    /// A bundle lies nowhere: its parts do.
    Bundle,
    MoreThanSent {
        line: i64,
        coming: i32,
    },
    NothingCounted,
    NoReason,
    /// A shelf holds no more than [`super::model::MOST`].
    ShelfFull,
}

impl Refusal for TransferRefused {
    fn message(&self) -> Message {
        match self {
            TransferRefused::Unknown => Message::new("inventory-unknown"),
            TransferRefused::SamePlace => Message::new("inventory-transfer-same-place"),
            TransferRefused::Changed => Message::new("inventory-transfer-changed"),
            TransferRefused::Empty => Message::new("inventory-transfer-empty"),
            TransferRefused::TooManyLines => Message::new("inventory-transfer-too-many").count("count", MOST_LINES as i64),
            TransferRefused::NotThere { wanted, free, .. } => {
                Message::new("inventory-transfer-not-there").count("wanted", *wanted).count("count", *free)
            }
            TransferRefused::Bundle => Message::new("inventory-transfer-bundle"),
            TransferRefused::MoreThanSent { coming, .. } => Message::new("inventory-transfer-more").count("count", *coming),
            TransferRefused::NothingCounted => Message::new("inventory-transfer-nothing"),
            TransferRefused::NoReason => Message::new("inventory-transfer-no-reason"),
            TransferRefused::ShelfFull => Message::new("inventory-too-many"),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn line(id: i64, quantity: i32) -> TransferLine {
        TransferLine { id, variant: VariantId(id), quantity, received: 0, lost: 0, returned: 0 }
    }

    #[test]
    fn what_is_missing_needs_a_reason() {
        let lines = [line(1, 5), line(2, 3)];
        let short = [Arrived { line: 1, received: 3, lost: 2 }];
        let receipt = |reason| Receipt { lines: &short, reason, form: "f" };
        assert_eq!(after(&lines, &receipt(None)), Err(TransferRefused::NoReason));
        let next = after(&lines, &receipt(Some(Missing::Damaged))).expect("counted");
        assert_eq!((next[0].coming(), next[1].coming()), (0, 3));
        assert_eq!(after(&next, &receipt(Some(Missing::Lost))), Err(TransferRefused::MoreThanSent { line: 1, coming: 0 }));
        assert_eq!(after(&next, &Receipt { lines: &[], reason: None, form: "f" }), Err(TransferRefused::NothingCounted));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]
        #[test]
        fn whatever_is_counted_no_piece_is_lost_or_made(
            sent in proptest::collection::vec(1..20_i32, 1..5),
            counts in proptest::collection::vec((0..5_usize, -1..12_i32, -1..6_i32), 0..12),
        ) {
            let mut lines: Vec<TransferLine> = (1..).zip(&sent).map(|(id, quantity)| line(id, *quantity)).collect();
            for (at, received, lost) in counts {
                let arrived = [Arrived { line: at as i64 + 1, received, lost }];
                if let Ok(next) = after(&lines, &Receipt { lines: &arrived, reason: Some(Missing::Other), form: "f" }) {
                    lines = next;
                }
            }
            for (line, sent) in lines.iter().zip(sent) {
                prop_assert!(line.coming() >= 0 && line.received >= 0 && line.lost >= 0);
                prop_assert_eq!(line.coming() + line.received + line.lost, sent);
            }
        }
    }
}

//! Things that staff put in order, by a step or before another one.

use std::str::FromStr;

use rocket::form::{self, FromFormField, ValueField};

use super::text::BadText;

/// Where a thing of a list goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    Up,
    Down,
    First,
    Last,
    /// Right before the thing of this id.
    Before(i64),
}

impl FromStr for Move {
    type Err = BadText;
    fn from_str(word: &str) -> Result<Self, BadText> {
        match word {
            "up" => Ok(Move::Up),
            "down" => Ok(Move::Down),
            "first" => Ok(Move::First),
            "last" => Ok(Move::Last),
            _ => {
                let id = word.strip_prefix("before-").and_then(|id| id.parse().ok());
                id.map(Move::Before).ok_or(BadText("error-choice"))
            }
        }
    }
}

#[rocket::async_trait]
impl<'r> FromFormField<'r> for Move {
    fn from_value(field: ValueField<'r>) -> form::Result<'r, Self> {
        field.value.parse().map_err(|why: BadText| form::Error::validation(why.0).into())
    }
}

/// The list with one of its things moved; `None` when that changes nothing.
pub fn moved(list: &[i64], one: i64, to: Move) -> Option<Vec<i64>> {
    let from = list.iter().position(|id| *id == one)?;
    let mut rest: Vec<i64> = list.iter().copied().filter(|id| *id != one).collect();
    let place = match to {
        Move::Up => from.saturating_sub(1),
        Move::Down => (from + 1).min(rest.len()),
        Move::First => 0,
        Move::Last => rest.len(),
        Move::Before(other) => rest.iter().position(|id| *id == other)?,
    };
    rest.insert(place, one);
    (rest != list).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn things_move_by_a_step_to_the_ends_and_before_others() {
        let list = [1, 2, 3, 4];
        assert_eq!(moved(&list, 2, Move::Up), Some(vec![2, 1, 3, 4]));
        assert_eq!(moved(&list, 2, Move::Down), Some(vec![1, 3, 2, 4]));
        assert_eq!(moved(&list, 3, Move::First), Some(vec![3, 1, 2, 4]));
        assert_eq!(moved(&list, 1, Move::Last), Some(vec![2, 3, 4, 1]));
        assert_eq!(moved(&list, 4, Move::Before(2)), Some(vec![1, 4, 2, 3]));
        for still in [(1, Move::Up), (4, Move::Down), (4, Move::Last), (1, Move::Before(2)), (9, Move::Up), (1, Move::Before(9))]
        {
            assert_eq!(moved(&list, still.0, still.1), None, "{still:?}");
        }
        assert_eq!("before-7".parse(), Ok(Move::Before(7)));
        assert!("sideways".parse::<Move>().is_err());
    }
}

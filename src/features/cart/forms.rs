//! What a browser may send to the cart.

use rocket::form::FromForm;

use crate::platform::base::{Quantity, VariantId, text_enum};

/// Puts a thing in the cart; without a number, one piece.
#[derive(FromForm)]
pub struct AddToCart {
    pub variant: VariantId,
    #[field(default = Quantity::ONE)]
    pub quantity: Quantity,
}

text_enum! {
    /// The − and + beside the number.
    Step { Less = "less", More = "more" }
}

/// Sets how many a line holds, or one less or more than that.
#[derive(FromForm)]
pub struct SetQuantity {
    pub quantity: Quantity,
    pub step: Option<Step>,
}

impl SetQuantity {
    /// The number meant; less than one stays one, more than a line can hold stays that.
    pub fn wanted(&self) -> Quantity {
        let by = match self.step {
            Some(Step::Less) => -1,
            Some(Step::More) => 1,
            None => 0,
        };
        Quantity::new(self.quantity.get() + by).unwrap_or(self.quantity)
    }
}

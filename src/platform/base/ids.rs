//! Ids of rows, one type a table, so that a product's id never stands where a variant's is meant.

use std::fmt;

use rocket::form::{self, FromFormField, ValueField};
use rocket::request::FromParam;
use serde::{Deserialize, Serialize};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[derive(diesel::expression::AsExpression, diesel::deserialize::FromSqlRow)]
        #[diesel(sql_type = diesel::sql_types::BigInt)]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl<B> diesel::deserialize::FromSql<diesel::sql_types::BigInt, B> for $name
        where
            B: diesel::backend::Backend,
            i64: diesel::deserialize::FromSql<diesel::sql_types::BigInt, B>,
        {
            fn from_sql(bytes: B::RawValue<'_>) -> diesel::deserialize::Result<Self> {
                i64::from_sql(bytes).map($name)
            }
        }

        impl<B> diesel::serialize::ToSql<diesel::sql_types::BigInt, B> for $name
        where
            B: diesel::backend::Backend,
            i64: diesel::serialize::ToSql<diesel::sql_types::BigInt, B>,
        {
            fn to_sql<'b>(&'b self, out: &mut diesel::serialize::Output<'b, '_, B>) -> diesel::serialize::Result {
                self.0.to_sql(out)
            }
        }

        impl<'a> FromParam<'a> for $name {
            type Error = &'a str;
            fn from_param(param: &'a str) -> Result<Self, Self::Error> {
                param.parse::<i64>().ok().filter(|id| *id > 0).map($name).ok_or(param)
            }
        }

        #[rocket::async_trait]
        impl<'r> FromFormField<'r> for $name {
            fn from_value(field: ValueField<'r>) -> form::Result<'r, Self> {
                match field.value.parse::<i64>() {
                    Ok(id) if id > 0 => Ok($name(id)),
                    _ => Err(form::Error::validation("error-choice").into()),
                }
            }
        }
    )*};
}

ids! {
    ProductId, VariantId, OptionId, OptionValueId, CategoryId, MediaId, LocationId, StockId,
    CartId, CartLineId, OrderId, OrderLineId, FulfilmentId, PaymentId, StaffId, SessionId, MailId,
    StockWishId, StocktakeId,
    ShippingMethodId, ShippingProfileId, ShippingZoneId, TaxRateId, TaxClassId, TaxZoneId, VatCheckId, BatchId, OrderViewId,
    LostPictureId, DraftId, JobId, PasskeyId, InvitationId, TransferId,
    CustomerId, CustomerSessionId, CustomerAddressId, CustomerLinkId, CustomerGroupId,
    CustomerIdentityId, SignInSiteId,
    DataCopyId, PrivacyRequestId, ThirdPartyId,
    CreditAccountId,
    ConversationId, MessageId, MessageFileId, SavedReplyId,
    PriceListId, MarketId,
    PromotionId, PromotionLaneId, PromotionCodeId, PromotionLotId,
}

/// The number by which shopper and staff call an order (1001 …), not its row id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct OrderNumber(pub i64);

impl fmt::Display for OrderNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<'a> FromParam<'a> for OrderNumber {
    type Error = &'a str;
    fn from_param(param: &'a str) -> Result<Self, Self::Error> {
        param.parse::<i64>().ok().filter(|number| *number > 0).map(OrderNumber).ok_or(param)
    }
}

#[rocket::async_trait]
impl<'r> FromFormField<'r> for OrderNumber {
    fn from_value(field: ValueField<'r>) -> form::Result<'r, Self> {
        match field.value.parse::<i64>() {
            Ok(number) if number > 0 => Ok(OrderNumber(number)),
            _ => Err(form::Error::validation("error-choice").into()),
        }
    }
}

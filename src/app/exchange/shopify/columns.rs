//! The columns we read, by the names that Shopify and its neighbours have given them over the years.

use csv::StringRecord;

macro_rules! columns {
    ($($column:ident = $($name:literal)|+),+ $(,)?) => {
        /// A column of the file.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Column { $($column),+ }

        /// Each column with its names, reduced to letters and digits.
        const NAMES: &[(Column, &[&str])] = &[$((Column::$column, &[$($name),+])),+];
    };
}

columns! {
    Handle = "handle" | "urlhandle",
    Title = "title",
    Body = "bodyhtml" | "body" | "description",
    Vendor = "vendor",
    Category = "productcategory" | "standardproducttype",
    Kind = "type" | "producttype" | "customproducttype",
    Tags = "tags",
    Published = "published" | "publishedononlinestore",
    Status = "status",
    Option1Name = "option1name",
    Option1Value = "option1value",
    Option2Name = "option2name",
    Option2Value = "option2value",
    Option3Name = "option3name",
    Option3Value = "option3value",
    Sku = "variantsku" | "sku",
    Barcode = "variantbarcode" | "barcode",
    Grams = "variantgrams" | "weightvaluegrams",
    Tracker = "variantinventorytracker" | "inventorytracker",
    Quantity = "variantinventoryqty" | "variantinventoryquantity" | "inventoryquantity",
    Policy = "variantinventorypolicy" | "continuesellingwhenoutofstock",
    Price = "variantprice" | "price",
    CompareAt = "variantcompareatprice" | "compareatprice",
    RequiresShipping = "variantrequiresshipping" | "requiresshipping",
    Taxable = "varianttaxable" | "chargetax",
    Holds = "unitpricetotalmeasure",
    HoldsUnit = "unitpricetotalmeasureunit",
    Per = "unitpricebasemeasure",
    PerUnit = "unitpricebasemeasureunit",
    GiftCard = "giftcard",
    Image = "imagesrc" | "productimageurl",
    ImagePosition = "imageposition",
    ImageAlt = "imagealttext",
    VariantImage = "variantimage" | "variantimageurl",
    SeoTitle = "seotitle",
    SeoDescription = "seodescription",
}

/// The three options a file can have: column of the name, column of the value.
pub const OPTIONS: [(Column, Column); 3] = [
    (Column::Option1Name, Column::Option1Value),
    (Column::Option2Name, Column::Option2Value),
    (Column::Option3Name, Column::Option3Value),
];

/// Where each column stands in this file.
#[derive(Clone, Debug)]
pub struct Header {
    places: Vec<Option<usize>>,
    names: StringRecord,
}

impl Header {
    /// Reads the first row; capitals, spaces and signs do not matter.
    pub fn read(names: StringRecord) -> Header {
        let plain: Vec<String> = names.iter().map(reduced).collect();
        let place = |wanted: &&[&str]| wanted.iter().find_map(|name| plain.iter().position(|one| one == name));
        let places = NAMES.iter().map(|(_, wanted)| place(wanted)).collect();
        Header { places, names }
    }

    pub fn width(&self) -> usize {
        self.names.len()
    }

    pub fn has(&self, column: Column) -> bool {
        self.places[column as usize].is_some()
    }

    /// The column's name as this file writes it, else as Shopify would.
    pub fn name(&self, column: Column) -> String {
        let here = self.places[column as usize].and_then(|place| self.names.get(place));
        here.map_or_else(|| format!("{column:?}"), |name| name.trim().to_owned())
    }

    /// What a row says in a column, trimmed; empty where the file has no such column.
    pub fn cell<'r>(&self, record: &'r StringRecord, column: Column) -> &'r str {
        self.places[column as usize].and_then(|place| record.get(place)).unwrap_or_default().trim()
    }
}

fn reduced(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_of_several_years_are_known() {
        let gatsby = Header::read(StringRecord::from(vec!["Handle", "Body", "Option1 name", "Variant inventory quantity"]));
        let row = StringRecord::from(vec!["tea", "<p>Green", "Size", " 4 "]);
        assert_eq!(gatsby.cell(&row, Column::Body), "<p>Green");
        assert_eq!(gatsby.cell(&row, Column::Quantity), "4");
        assert_eq!(gatsby.cell(&row, Column::Price), "");
        assert_eq!(gatsby.name(Column::Option1Name), "Option1 name");
        let new = Header::read(StringRecord::from(vec!["Title", "URL handle", "Compare-at price", "Weight value (grams)"]));
        assert!(new.has(Column::Handle) && new.has(Column::CompareAt) && new.has(Column::Grams));
    }

    #[test]
    fn every_column_stands_at_its_place_in_the_list() {
        assert!(NAMES.iter().enumerate().all(|(place, (column, _))| *column as usize == place));
    }
}

//! States, provinces and prefectures, where an address needs one: code and name as the post writes it.

/// Code and name.
pub type Region = (&'static str, &'static str);

#[rustfmt::skip]
pub const US: &[Region] = &[
    ("AL", "Alabama"), ("AK", "Alaska"), ("AZ", "Arizona"), ("AR", "Arkansas"), ("CA", "California"), ("CO", "Colorado"),
    ("CT", "Connecticut"), ("DE", "Delaware"), ("DC", "District of Columbia"), ("FL", "Florida"), ("GA", "Georgia"),
    ("HI", "Hawaii"), ("ID", "Idaho"), ("IL", "Illinois"), ("IN", "Indiana"), ("IA", "Iowa"), ("KS", "Kansas"),
    ("KY", "Kentucky"), ("LA", "Louisiana"), ("ME", "Maine"), ("MD", "Maryland"), ("MA", "Massachusetts"),
    ("MI", "Michigan"), ("MN", "Minnesota"), ("MS", "Mississippi"), ("MO", "Missouri"), ("MT", "Montana"),
    ("NE", "Nebraska"), ("NV", "Nevada"), ("NH", "New Hampshire"), ("NJ", "New Jersey"), ("NM", "New Mexico"),
    ("NY", "New York"), ("NC", "North Carolina"), ("ND", "North Dakota"), ("OH", "Ohio"), ("OK", "Oklahoma"),
    ("OR", "Oregon"), ("PA", "Pennsylvania"), ("RI", "Rhode Island"), ("SC", "South Carolina"), ("SD", "South Dakota"),
    ("TN", "Tennessee"), ("TX", "Texas"), ("UT", "Utah"), ("VT", "Vermont"), ("VA", "Virginia"), ("WA", "Washington"),
    ("WV", "West Virginia"), ("WI", "Wisconsin"), ("WY", "Wyoming"), ("PR", "Puerto Rico"), ("AA", "Armed Forces Americas"),
    ("AE", "Armed Forces Europe"), ("AP", "Armed Forces Pacific"),
];

#[rustfmt::skip]
pub const CA: &[Region] = &[
    ("AB", "Alberta"), ("BC", "British Columbia"), ("MB", "Manitoba"), ("NB", "New Brunswick"),
    ("NL", "Newfoundland and Labrador"), ("NT", "Northwest Territories"), ("NS", "Nova Scotia"), ("NU", "Nunavut"),
    ("ON", "Ontario"), ("PE", "Prince Edward Island"), ("QC", "Quebec"), ("SK", "Saskatchewan"), ("YT", "Yukon"),
];

#[rustfmt::skip]
pub const AU: &[Region] = &[
    ("ACT", "Australian Capital Territory"), ("NSW", "New South Wales"), ("NT", "Northern Territory"), ("QLD", "Queensland"),
    ("SA", "South Australia"), ("TAS", "Tasmania"), ("VIC", "Victoria"), ("WA", "Western Australia"),
];

#[rustfmt::skip]
pub const JP: &[Region] = &[
    ("Hokkaido", "Hokkaido"), ("Aomori", "Aomori"), ("Iwate", "Iwate"), ("Miyagi", "Miyagi"), ("Akita", "Akita"),
    ("Yamagata", "Yamagata"), ("Fukushima", "Fukushima"), ("Ibaraki", "Ibaraki"), ("Tochigi", "Tochigi"), ("Gunma", "Gunma"),
    ("Saitama", "Saitama"), ("Chiba", "Chiba"), ("Tokyo", "Tokyo"), ("Kanagawa", "Kanagawa"), ("Niigata", "Niigata"),
    ("Toyama", "Toyama"), ("Ishikawa", "Ishikawa"), ("Fukui", "Fukui"), ("Yamanashi", "Yamanashi"), ("Nagano", "Nagano"),
    ("Gifu", "Gifu"), ("Shizuoka", "Shizuoka"), ("Aichi", "Aichi"), ("Mie", "Mie"), ("Shiga", "Shiga"), ("Kyoto", "Kyoto"),
    ("Osaka", "Osaka"), ("Hyogo", "Hyogo"), ("Nara", "Nara"), ("Wakayama", "Wakayama"), ("Tottori", "Tottori"),
    ("Shimane", "Shimane"), ("Okayama", "Okayama"), ("Hiroshima", "Hiroshima"), ("Yamaguchi", "Yamaguchi"),
    ("Tokushima", "Tokushima"), ("Kagawa", "Kagawa"), ("Ehime", "Ehime"), ("Kochi", "Kochi"), ("Fukuoka", "Fukuoka"),
    ("Saga", "Saga"), ("Nagasaki", "Nagasaki"), ("Kumamoto", "Kumamoto"), ("Oita", "Oita"), ("Miyazaki", "Miyazaki"),
    ("Kagoshima", "Kagoshima"), ("Okinawa", "Okinawa"),
];

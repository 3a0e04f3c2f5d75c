//! The page of the rules with finished values.

use askama::Template;
use askama_web::WebTemplate;

use crate::engines::inventory::Location;
use crate::engines::inventory::routing::{Routing, Site};
use crate::platform::base::LocationId;
use crate::platform::paths;
use crate::platform::settings::StockRules;
use crate::platform::shell::Page;
use crate::platform::web::FormView;

/// The forms of the page as they were sent.
#[derive(Default)]
pub struct Refill {
    pub rules: Option<FormView>,
    pub place: Option<(LocationId, FormView)>,
}

/// When something runs low, from which places orders are sent, and where those are.
#[derive(Template, WebTemplate)]
#[template(path = "stockroom/rules_page.html")]
pub struct RulesPage {
    page: Page,
    form: FormView,
    /// What was wrong with the form of a place.
    wrong: FormView,
    routings: Vec<(String, String)>,
    countries: Vec<(String, String)>,
    places: Vec<PlaceView>,
}

struct PlaceView {
    id: LocationId,
    name: String,
    action: String,
    form: FormView,
}

impl RulesPage {
    pub fn new(page: Page, rules: &StockRules, names: &[Location], sites: &[Site], refill: Refill) -> RulesPage {
        let kept = || FormView::filled([("low_stock", rules.low_stock.to_string()), ("routing", rules.routing.clone())]);
        let routing = |one: &Routing| (one.to_string(), page.t(&format!("stockroom-routing-{}", one.as_str().replace('_', "-"))));
        let nowhere = (String::new(), page.t("stockroom-place-unknown"));
        let all = page.countries(page.shop().countries.iter().copied().chain([page.shop().country]));
        let mut countries: Vec<(String, String)> = all.into_iter().map(|(code, name)| (code.to_string(), name)).collect();
        countries.dedup();
        let place = |(at, site): (&Location, &Site)| PlaceView {
            id: at.id,
            name: at.name.clone(),
            action: paths::admin_location_address(at.id),
            form: match &refill.place {
                Some((id, form)) if *id == at.id => form.clone(),
                _ => FormView::filled([
                    ("country", site.country.map(|country| country.to_string()).unwrap_or_default()),
                    ("region", site.region.clone()),
                    ("postal_code", site.postal_code.clone()),
                ]),
            },
        };
        RulesPage {
            places: names.iter().zip(sites).map(place).collect(),
            wrong: refill.place.as_ref().map_or_else(FormView::empty, |(_, form)| form.clone()),
            form: refill.rules.unwrap_or_else(kept),
            routings: Routing::ALL.iter().map(routing).collect(),
            countries: [nowhere].into_iter().chain(countries).collect(),
            page,
        }
    }
}

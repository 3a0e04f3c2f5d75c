//! Pages and parts of pages with finished values.

mod card;
mod clash;
mod desk;
mod editor;
mod home;
mod list;
mod prices;
mod product;
mod promise;
mod redirects;
mod search;
mod shelving;
mod shots;
mod words;

pub use card::{CardView, Dot, PriceView};
pub use clash::Clash;
pub use desk::ProductsPage;
pub use editor::{NewProductPage, ProductFormPage, Surroundings, filled};
pub use home::HomePage;
pub use list::{Head, ListPage, list_path};
pub use prices::PastPricesPage;
pub use product::{Beside, ProductPage};
pub use redirects::RedirectsPage;
pub use search::{SearchPage, search_path};
pub use shelving::{ArrangingPage, CategoriesPage, CategoryFormPage, CategoryRemovalPage, NewCategoryPage};
pub use shots::Shots;

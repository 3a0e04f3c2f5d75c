//! Pages and parts of pages with finished values.

mod card;
mod desk;
mod home;
mod list;
mod product;
mod redirects;
mod search;
mod shelving;

pub use card::{CardView, Dot, PriceView};
pub use desk::{NewProductPage, ProductFormPage, ProductsPage};
pub use home::HomePage;
pub use list::{Head, ListPage, list_path};
pub use product::ProductPage;
pub use redirects::RedirectsPage;
pub use search::{SearchPage, search_path};
pub use shelving::{ArrangingPage, CategoriesPage, CategoryFormPage, CategoryRemovalPage, NewCategoryPage};

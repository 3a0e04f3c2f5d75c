//! What the shop does, told through HTTP; one binary, so that it links once.

mod world;

mod access;
mod access_matrix;
mod account;
mod factors;
mod vault;
mod viewing;
mod staff_factors;
mod step_up;
mod invitations;
mod roles;
mod audit;
mod books;
mod first_run;
mod settings;
mod cart;
mod catalog;
mod checkout;
mod clientele;
mod content;
mod counter;
mod dashboard;
mod defence;
mod delivery;
mod demo;
mod drafts;
mod feed;
mod frame;
mod gift_cards;
mod gate;
mod jobs;
mod mail;
mod markets;
mod inbox;
mod inventory;
mod library;
mod shelving;
mod stock;
mod stockroom;
mod order_batches;
mod order_pages;
mod order_views;
mod orders;
mod fuzz;
mod payments;
mod prices;
mod privacy;
mod process;
mod promotions;
mod import;
mod media;
mod shell;
mod tax;

#[path = "../attacks/mod.rs"]
mod attacks;

#[path = "../browser/mod.rs"]
mod browser;

//! `doctor`: looks at everything a shop stands on and says what to do where something is wrong.

mod house;
mod secrets;

use std::process::ExitCode;

use anyhow::Result;

use super::open;
use crate::app::books;
use crate::app::books::model::Outcome;
use crate::platform::i18n::{Locale, Words};

/// What was looked at and what was found.
#[derive(Default)]
pub struct Report {
    findings: usize,
}

impl Report {
    /// All is well with it.
    fn well(&mut self, what: &str) {
        println!("ok       {what}");
    }

    /// Worth knowing, but nothing is wrong.
    fn note(&mut self, what: &str) {
        println!("note     {what}");
    }

    /// What a rule of the books gave, in the words of its page.
    fn outcome(&mut self, outcome: &Outcome) {
        let say = |part: &str| Words::new(Locale::En).t(&format!("books-{}-{part}", outcome.rule));
        let found = || format!("{}: {} ({})", say("broken"), outcome.count, outcome.shown());
        match outcome {
            outcome if outcome.is_drift() => self.finding(&found(), &say("do")),
            outcome if outcome.count > 0 => self.note(&found()),
            _ => self.well(&say("well")),
        }
    }

    /// Something is wrong: what, and what to do.
    fn finding(&mut self, what: &str, what_to_do: &str) {
        self.findings += 1;
        println!("FINDING  {what}\n         → {what_to_do}");
    }
}

/// Examines the shop; `deep` also computes every tax again and replays the ledger of the stock. Exit code 1 when there are findings.
pub async fn doctor(deep: bool) -> Result<ExitCode> {
    let mut report = Report::default();
    match open::open().await {
        Err(error) => report.finding(&format!("the shop cannot be opened: {error:#}"), "mend that first, then ask again"),
        Ok(opened) => {
            let examined = examine(&mut report, &opened, deep).await;
            opened.close().await?;
            examined?;
        }
    }
    match report.findings {
        0 => println!("All is well."),
        1 => println!("1 finding."),
        many => println!("{many} findings."),
    }
    Ok(if report.findings == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

async fn examine(report: &mut Report, opened: &open::Opened, deep: bool) -> Result<()> {
    house::folders(report, opened);
    house::addresses(report, &opened.config);
    house::mail(report, &opened.config).await;
    house::pictures(report, opened).await;
    house::scanner(report, opened).await;
    if house::database(report, opened).await? {
        let mut conn = opened.db.get().await.map_err(|broke| broke.0)?;
        house::clock(report, &mut conn).await?;
        secrets::sealed(report, opened, &mut conn).await?;
        for outcome in books::queries::examine(&mut conn, deep).await.map_err(|broke| broke.0)? {
            report.outcome(&outcome);
        }
    }
    Ok(())
}

//! Who does the jobs: the kinds of work with what they share, run by a worker of graphile_worker.

use std::fmt;
use std::future::Future;
use std::marker::PhantomData;
use std::time::Duration;

use anyhow::{Context, ensure};
use graphile_worker::{
    CronInput, DbExecutor, IntoTaskHandlerResult, JobDefinition, TaskHandler, Worker, WorkerContext, WorkerOptions,
    WorkerRecoveryConfig, WorkerShutdownConfig,
};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use tokio::sync::watch;
use tokio::time::sleep;

use super::link;
use crate::platform::base::Broke;

/// Jobs at a time in one process.
const HANDS: usize = 4;
/// How long a stopping process lets its jobs finish; then another one does them again.
const GRACE: Duration = Duration::from_secs(20);
const PAUSE_AFTER_LOSS: Duration = Duration::from_millis(500);

/// A kind of job: its payload, its name in the queue, and what it does with what the crew shares (`S`).
pub trait Work<S>: Serialize + DeserializeOwned + Send + Sync + 'static {
    const NAME: &'static str;

    /// Does it. What breaks is tried again, later and later, up to 25 times in about three days.
    fn run(self, shared: S) -> impl Future<Output = Result<(), Broke>> + Send;
}

/// The kinds of work, what they share, and when they begin by the clock.
pub struct Crew<S> {
    shared: S,
    kinds: Vec<JobDefinition>,
    crontab: String,
}

impl<S: Clone + Send + Sync + 'static> Crew<S> {
    pub fn new(shared: S) -> Crew<S> {
        Crew { shared, kinds: Vec::new(), crontab: String::new() }
    }

    /// Knows how to do this kind of work.
    pub fn does<W: Work<S>>(mut self) -> Crew<S> {
        self.kinds.push(Doing::<W, S>::definition());
        self
    }

    /// Does this kind of work by the clock: `"*/5 * * * *"` (UTC); one of a kind waits at a time.
    pub fn does_every<W: Work<S>>(mut self, times: &str) -> Crew<S> {
        self.crontab.push_str(&format!("{times} {name} ?job_key={name}&max=8 {{}}\n", name = W::NAME));
        self.does::<W>()
    }

    /// Works until `shutdown` is true, then lets the jobs in hand finish. `url` leads past a pooler.
    pub async fn run(&self, url: &str, mut shutdown: watch::Receiver<bool>) {
        while !*shutdown.borrow() {
            if let Err(error) = self.run_while_connected(url, shutdown.clone()).await {
                tracing::warn!("the jobs have lost the database, trying again: {error:#}");
                tokio::select! {
                    () = sleep(PAUSE_AFTER_LOSS) => {}
                    _ = shutdown.wait_for(|stop| *stop) => {}
                }
            }
        }
    }

    async fn run_while_connected(&self, url: &str, mut shutdown: watch::Receiver<bool>) -> anyhow::Result<()> {
        let stop = async move { drop(shutdown.wait_for(|stop| *stop).await) };
        let options = self.options(url)?.concurrency(HANDS).worker_shutdown(
            WorkerShutdownConfig::default()
                .listen_os_shutdown_signals(false)
                .grace_period(GRACE)
                .interrupted_job_retry_delay(Duration::from_secs(1))
                .shutdown_signal(stop),
        );
        // A process that is killed loses its jobs to the others after half a minute.
        let recovery = WorkerRecoveryConfig::default()
            .heartbeat_interval(Duration::from_secs(5))
            .sweep_interval(Duration::from_secs(10))
            .sweep_threshold(Duration::from_secs(30))
            .recovery_delay(Duration::from_secs(1));
        let options = self.crontab.as_str().append_to(options.worker_recovery(recovery))?;
        Ok(options.init().await?.run().await?)
    }

    /// Does everything that is due, one after the other, and what that causes, until nothing is left; for tests and commands.
    ///
    /// # Errors
    /// An unreachable database; a job that failed (it stays in the queue) is named.
    pub async fn run_all_now(&self, url: &str) -> anyhow::Result<()> {
        let options = self.options(url)?.concurrency(1);
        let quiet = WorkerShutdownConfig::default().listen_os_shutdown_signals(false);
        let worker = options.worker_shutdown(quiet).init().await?;
        while self.due(&worker).await? {
            worker.run_once().await?;
        }
        let failed = worker.database().fetch_all(FAILED, Vec::new().into()).await?;
        let failed: Result<Vec<String>, _> = failed.iter().map(|row| row.try_get::<String>("failure")).collect();
        let failed = failed.context("the failed jobs cannot be read")?;
        ensure!(failed.is_empty(), "failed jobs: {}", failed.join("; "));
        Ok(())
    }

    async fn due(&self, worker: &Worker) -> anyhow::Result<bool> {
        Ok(!worker.database().fetch_all(DUE, Vec::new().into()).await?.is_empty())
    }

    fn options(&self, url: &str) -> anyhow::Result<WorkerOptions> {
        let options = WorkerOptions::default().database(link::database(url)?).add_extension(Shared(self.shared.clone()));
        Ok(options.define_jobs(self.kinds.iter().cloned()))
    }
}

const DUE: &str = "
    select 1 as one from graphile_worker._private_jobs
     where run_at <= now() and attempts < max_attempts and locked_at is null limit 1";
const FAILED: &str = "
    select t.identifier || ': ' || j.last_error as failure
      from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
     where j.last_error is not null order by j.id";

/// The shared state as graphile_worker carries it; it wants to print it.
#[derive(Clone)]
struct Shared<S>(S);

impl<S> fmt::Debug for Shared<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Shared")
    }
}

/// A kind of work as graphile_worker wants it.
#[derive(Serialize, Deserialize)]
#[serde(transparent, bound(serialize = "W: Serialize", deserialize = "W: DeserializeOwned"))]
struct Doing<W, S> {
    work: W,
    #[serde(skip)]
    shared: PhantomData<fn() -> S>,
}

impl<S: Clone + Send + Sync + 'static, W: Work<S>> TaskHandler for Doing<W, S> {
    const IDENTIFIER: &'static str = W::NAME;

    async fn run(self, context: WorkerContext) -> impl IntoTaskHandlerResult {
        let Shared(shared) = context.get_ext::<Shared<S>>().cloned().context("the crew shares nothing")?;
        self.work.run(shared).await
    }
}

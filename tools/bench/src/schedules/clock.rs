//! The cron functions with a clock that is set: each tick names its time, so that a week goes by at once.
//!
//! They are wired as in their own programs, which read the time of the machine instead; nothing else differs.

use anyhow::{Result, bail};
use cron_benchmarks::Benchmarks;
use cron_weather::Weather;
use cron_weekly_po::WeeklyOrders;
use jiff::Timestamp;
use runtime::queue::Queue;
use serde::Deserialize;
use store::Store;

/// What the scheduler sends.
#[derive(Deserialize)]
struct Tick {
    time: Timestamp,
}

/// Serves the ticks of the function `name`.
pub(crate) async fn serve(name: &str) -> Result<()> {
    let config = runtime::start().await.map_err(anyhow::Error::from_boxed)?;
    let store = Store::from_env(&config)?;
    let served = match name {
        "cron-weather" => {
            let weather = Weather { store, queue: Queue::from_env(&config)? };
            runtime::events(async |tick: Tick| weather.ask(tick.time).await).await
        }
        "cron-weekly-po" => {
            let orders = WeeklyOrders { store, queue: Queue::from_env(&config)? };
            runtime::events(async |tick: Tick| orders.ask(tick.time).await).await
        }
        "cron-benchmarks" => {
            let (jobs, steps) = (Queue::from_env(&config)?, Queue::from_env(&config)?);
            let benchmarks = Benchmarks { store, jobs, steps };
            runtime::events(async |tick: Tick| benchmarks.run(tick.time).await).await
        }
        _ => bail!("{name} has no clock that can be set"),
    };
    served.map_err(anyhow::Error::from_boxed)
}

//! The stack that the tests share, and what every test needs of it.

mod answers;
pub mod person;
mod queues;
mod tenant;
mod vendors;
mod ways_in;

use std::fs::File;
use std::future::Future;
use std::io::{Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_sdk_sqs::config::Credentials;
use store::Store;
use tokio::runtime::Runtime;
use xtask::bootstraps::hex_sha256;
use xtask::emulator::REGION;
use xtask::stack::Stack;

pub use answers::{Page, Replay, problem, reason, refusal, state};
pub use person::{PASSWORD, Person};
pub use queues::{Queued, inbound_sms, orders_of, orders_of_this_week, outcome, peek, publish, take};
pub use tenant::Tenant;
pub use vendors::{Mail, fault, hot_town, mails_to, reschedule, sink_messages_to};
pub use ways_in::{Said, accepted, send, set_header, wamessage};

/// How long anything may take. A message takes a few seconds; many at once on a small machine take longer.
const PATIENCE: Duration = Duration::from_secs(120);

/// The running stack.
pub struct Stage {
    /// Its coordinates.
    pub stack: Stack,
    /// Its AWS, as an SDK sees it.
    pub aws: SdkConfig,
    /// Its table, for what an operator does.
    pub store: Store,
    file: PathBuf,
    runtime: Runtime,
}

/// The stack that `PORCHLIGHT_STACK` names.
pub fn stage() -> &'static Stage {
    static STAGE: OnceLock<Stage> = OnceLock::new();
    STAGE.get_or_init(|| {
        let file = std::env::var_os("PORCHLIGHT_STACK").expect("run `make test`: these tests need the local stack");
        let file = PathBuf::from(file);
        let stack = Stack::read(&file).unwrap();
        let runtime = Runtime::new().unwrap();
        let aws = aws_config::defaults(BehaviorVersion::latest())
            .region(Region::new(REGION))
            .credentials_provider(Credentials::new("test", "test", None, None, "local"))
            .endpoint_url(&stack.endpoint);
        let aws = runtime.block_on(aws.load());
        let store = Store::new(&aws, stack.outputs["TableName"].clone());
        Stage { stack, aws, store, file, runtime }
    })
}

impl Stage {
    /// Carries an asynchronous call through.
    pub fn block_on<T>(&self, work: impl Future<Output = T>) -> T {
        self.runtime.block_on(work)
    }

    /// One of the template's outputs.
    pub fn output(&self, name: &str) -> &str {
        &self.stack.outputs[name]
    }
}

/// The checkout.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

/// Looks until it is there; `what` completes the sentence "waited in vain for …".
pub fn eventually<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let deadline = Instant::now() + PATIENCE;
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(Instant::now() < deadline, "waited in vain for {what}");
        thread::sleep(Duration::from_millis(150));
    }
}

/// 32 hexadecimal digits that no one had before.
pub fn unique() -> String {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap().as_nanos();
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let mut id = hex_sha256(format!("{now} {} {count}", std::process::id()).as_bytes());
    id.truncate(32);
    id
}

/// Areas of states in the middle of the country: a number that is typed must be of an area that there is. Not 303: numbers there are the
/// demo businesses' own, and so no customer's.
const AREAS: [u32; 30] = [
    918, 720, 970, 719, 480, 520, 602, 623, 928, 505, 575, 385, 435, 801, 307, 406, 208, 702, 725, 775, 316, 620, 785,
    913, 308, 402, 531, 319, 515, 563,
];

/// A telephone number that no other test of this stack uses: 555-0100 to 555-0199, which are no one's, in one of [`AREAS`].
///
/// The numbers are counted in a file beside `stack.json`, because a test may run in a process of its own.
pub fn number() -> String {
    let path = stage().file.with_file_name("numbers");
    let mut file = File::options().read(true).write(true).create(true).truncate(false).open(path).unwrap();
    file.lock().unwrap();
    let mut text = String::new();
    file.read_to_string(&mut text).unwrap();
    let count: usize = text.parse().unwrap_or_default();
    file.rewind().unwrap();
    write!(file, "{}", count + 1).unwrap();
    format!("+1{}55501{:02}", AREAS[count / 100 % AREAS.len()], count % 100)
}

/// An e-mail address that no other test uses.
pub fn address() -> String {
    format!("{}@example.com", unique())
}

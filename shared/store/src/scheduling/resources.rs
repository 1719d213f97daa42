//! Resources: documents like locations.

use domain::scheduling::Resource;

use crate::Document;

impl Document for Resource {
    const NAME: &'static str = "resource";
    fn id(&self) -> String {
        self.id.to_string()
    }
}

//! The secrets file: made up once, written whole, seen by its owner alone.

use cli::secrets::SecretsFile;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

fn path(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("secrets").join(name);
    let _ = std::fs::remove_file(&path);
    path
}

#[test]
fn keys_are_made_up_once() {
    let path = path("once.toml");
    let mut file = SecretsFile::open(&path).unwrap();
    file.secrets.complete(["main", "crm"]).unwrap();
    file.secrets.simulate_vendors().unwrap();
    file.save().unwrap();
    let mut again = SecretsFile::open(&path).unwrap();
    assert!(again.secrets == file.secrets);
    again.secrets.complete(["main", "crm"]).unwrap();
    assert!(again.secrets == file.secrets);
    let keys = &again.secrets.api_keys;
    assert!(keys["main"] != keys["crm"] && keys["main"].starts_with("pl_api_") && keys["main"].len() > 32);
}

#[test]
fn only_its_owner_can_read_it_even_where_everybody_could() {
    let path = path("mode.toml");
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(&path, "form_key = \"pl_form_x\"\n").unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).unwrap();
    let mut file = SecretsFile::open(&path).unwrap();
    file.secrets.complete([]).unwrap();
    file.save().unwrap();
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(SecretsFile::open(&path).unwrap().secrets.form_key, "pl_form_x");
}

#[test]
fn an_error_shows_the_line_and_no_secret() {
    let path = path("broken.toml");
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(&path, "form_key = \"a\"\ncall_key = \"tell-nobody\n").unwrap();
    let said = format!("{:#}", SecretsFile::open(&path).err().unwrap());
    assert!(said.contains("broken.toml:2") && !said.contains("tell-nobody"), "{said}");
}

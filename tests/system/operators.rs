//! The page of those who run the platform: theirs alone, and with nothing of any business on it.

use domain::TenantId;
use domain::identity::Role;
use xtask::http::Answer;

use crate::stage::Tenant;
use crate::stage::person::Person;

fn page(person: &Person, path: &str) -> Answer {
    let cookie = ("cookie".to_owned(), format!("__Host-porchlight={}", person.access_token));
    Tenant::call("GET", path, &[cookie], "")
}

#[test]
fn who_runs_the_platform_sees_the_prompts_and_no_business_and_no_business_sees_that_page() {
    let (roofer, platform) = (Tenant::opened(|_| {}), TenantId::platform());
    let operator = Person::new(&platform, Role::SuperAdmin);
    let shown = page(&operator, "/app/prompts");
    assert_eq!(shown.status, 200, "{}", shown.body);
    assert!(shown.body.contains("id=\"suggest\"") && !shown.body.contains(roofer.id().as_str()), "{}", shown.body);
    let first = page(&operator, "/app");
    assert_eq!((first.status, first.header("location")), (303, Some("/app/prompts")), "where signing in leads");
    let clients = page(&operator, "/app/clients");
    assert!(clients.status == 200 && clients.body.contains("/enter\""), "{}", clients.body);
    for path in ["/app/inbox", "/app/contacts", "/app/settings", "/app/settings/prompts", "/app/settings/spend"] {
        assert_eq!(page(&operator, path).status, 404, "{path} is a business's");
    }

    let of_platform = Role::ALL.into_iter().filter(|role| *role != Role::SuperAdmin);
    let others =
        of_platform.map(|role| Person::new(&platform, role)).chain([roofer.person("admin"), roofer.person("viewer")]);
    for other in others {
        for path in ["/app/prompts", "/app/prompts/suggest/3.0.0"] {
            assert_eq!(page(&other, path).status, 404, "{path}");
        }
        assert!([403, 404].contains(&page(&other, "/app/clients").status), "whose agency it is, or none");
    }
}

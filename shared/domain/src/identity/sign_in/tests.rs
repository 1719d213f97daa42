use super::*;
use crate::identity::{AccountStatus, OneTimeCodes};
use crate::ids::AccountId;
use crate::messaging::Email;
use crate::samples;
use jiff::Timestamp;

#[test]
fn every_sign_in_there_can_be() {
    let mut table = Vec::new();
    for locked in [false, true] {
        for password in [true, false] {
            for second_factor in [
                SecondFactor::NotSetUp,
                SecondFactor::Right,
                SecondFactor::Missing,
                SecondFactor::Wrong,
                SecondFactor::Locked,
            ] {
                for welcome in [true, false] {
                    let verdict = SignIn { locked, password, second_factor, welcome }.judge();
                    let word = |yes: bool, word: &'static str| if yes { word } else { "-" };
                    let facts = [word(locked, "locked"), word(password, "password"), word(welcome, "welcome")];
                    table.push(format!("{} {second_factor:?}: {verdict:?}", facts.join(" ")));
                }
            }
        }
    }
    insta::assert_snapshot!(table.join("\n"), @r"
    - password welcome NotSetUp: Welcome
    - password - NotSetUp: Refused { counts: false }
    - password welcome Right: Welcome
    - password - Right: Refused { counts: false }
    - password welcome Missing: CodeNeeded
    - password - Missing: CodeNeeded
    - password welcome Wrong: Refused { counts: true }
    - password - Wrong: Refused { counts: true }
    - password welcome Locked: Refused { counts: false }
    - password - Locked: Refused { counts: false }
    - - welcome NotSetUp: Refused { counts: true }
    - - - NotSetUp: Refused { counts: true }
    - - welcome Right: Refused { counts: true }
    - - - Right: Refused { counts: true }
    - - welcome Missing: Refused { counts: true }
    - - - Missing: Refused { counts: true }
    - - welcome Wrong: Refused { counts: true }
    - - - Wrong: Refused { counts: true }
    - - welcome Locked: Refused { counts: true }
    - - - Locked: Refused { counts: true }
    locked password welcome NotSetUp: Refused { counts: false }
    locked password - NotSetUp: Refused { counts: false }
    locked password welcome Right: Refused { counts: false }
    locked password - Right: Refused { counts: false }
    locked password welcome Missing: Refused { counts: false }
    locked password - Missing: Refused { counts: false }
    locked password welcome Wrong: Refused { counts: false }
    locked password - Wrong: Refused { counts: false }
    locked password welcome Locked: Refused { counts: false }
    locked password - Locked: Refused { counts: false }
    locked - welcome NotSetUp: Refused { counts: false }
    locked - - NotSetUp: Refused { counts: false }
    locked - welcome Right: Refused { counts: false }
    locked - - Right: Refused { counts: false }
    locked - welcome Missing: Refused { counts: false }
    locked - - Missing: Refused { counts: false }
    locked - welcome Wrong: Refused { counts: false }
    locked - - Wrong: Refused { counts: false }
    locked - welcome Locked: Refused { counts: false }
    locked - - Locked: Refused { counts: false }
    ");
}

fn id(slug: &str) -> TenantId {
    TenantId::new(slug).unwrap()
}

fn client() -> Tenant {
    Tenant { id: id("client"), parent: Some(id("agency")), ..samples::roofer() }
}

fn account() -> Account {
    let at = Timestamp::UNIX_EPOCH;
    Account {
        id: AccountId::derive(&TenantId::platform(), &["ana"]),
        email: Email::new("ana@example.com", "email").unwrap(),
        name: "Ana Vale".to_owned(),
        status: AccountStatus::Active,
        email_verified_at: Some(at),
        password: String::new(),
        password_set_at: at,
        second_factor: None,
        created_at: at,
    }
}

fn member(tenant: &str, role: Role) -> Member {
    let Account { id: account, email, name, created_at: joined_at, .. } = account();
    Member { account, tenant: id(tenant), name, email, role, locations: Vec::new(), joined_at }
}

fn agency() -> Tenant {
    Tenant { id: id("agency"), ..samples::roofer() }
}

fn with_factor() -> Account {
    let codes = OneTimeCodes { since: Timestamp::UNIX_EPOCH, last_step: 1, backup_codes: [].into() };
    Account { second_factor: Some(codes), ..account() }
}

#[test]
fn a_member_an_admin_of_the_agency_and_a_super_admin_get_into_a_tenant_and_no_one_else() {
    let (client, agency) = (client(), agency());
    let place = |memberships: &[Member]| place_in(&client, Some(&agency), memberships, &account());
    let role = |memberships: &[Member]| place(memberships).map(|place| place.role);
    assert_eq!(role(&[]), None);
    assert_eq!(role(&[member("other", Role::Admin)]), None);
    for given in Role::ALL {
        assert_eq!(role(&[member("other", Role::Admin), member("client", given)]), Some(given));
        let from_agency = (given >= Role::Admin).then_some((Role::Admin, Some(&agency.id)));
        let come = place(&[member("agency", given)]).map(|place| (place.role, place.through));
        assert_eq!(come, from_agency, "{given}");
        let from_platform = (given == Role::SuperAdmin).then_some(Role::Admin);
        assert_eq!(role(&[member("porchlight-platform", given)]), from_platform, "{given}");
    }
    let both = [member("agency", Role::Admin), member("client", Role::Viewer)];
    assert_eq!(role(&both), Some(Role::Viewer), "a membership of one's own goes first");
    let rival = Tenant { id: id("rival"), ..samples::roofer() };
    let foreign = place_in(&client, Some(&rival), &[member("rival", Role::Admin)], &account());
    assert_eq!(foreign, None, "another agency's admin");
}

#[test]
fn a_paused_tenant_is_entered_and_a_closed_one_is_not() {
    let members =
        [member("client", Role::Admin), member("agency", Role::Admin), member("porchlight-platform", Role::SuperAdmin)];
    let place = |status| place_in(&Tenant { status, ..client() }, None, &members, &account()).is_some();
    assert!(place(TenantStatus::Paused) && !place(TenantStatus::Closed));
}

#[test]
fn no_one_comes_through_an_agency_that_is_closed_or_gone() {
    let closed = Tenant { status: TenantStatus::Closed, ..agency() };
    let paused = Tenant { status: TenantStatus::Paused, ..agency() };
    let members = [member("agency", Role::Admin)];
    for (agency, comes) in [(Some(&closed), false), (None, false), (Some(&paused), true)] {
        assert_eq!(place_in(&client(), agency, &members, &account()).is_some(), comes);
    }
    let own = [member("agency", Role::Admin), member("client", Role::Agent)];
    let place = place_in(&client(), Some(&closed), &own, &account()).unwrap();
    assert_eq!((place.role, place.through), (Role::Agent, None), "a membership of one's own stays");
}

#[test]
fn a_second_factor_is_demanded_of_administrators_where_the_tenant_says_so() {
    for role in Role::ALL {
        for require_second_factor in [false, true] {
            let tenant = Tenant { require_second_factor, ..client() };
            let members = [member("client", role)];
            let enrolling = |account: &Account| place_in(&tenant, None, &members, account).unwrap().enrolling;
            assert_eq!(enrolling(&account()), require_second_factor && role >= Role::Admin, "{role}");
            assert!(!enrolling(&with_factor()));
        }
    }
}

#[test]
fn who_comes_from_where_a_second_factor_is_demanded_needs_one_where_none_is() {
    let demanding = |tenant: Tenant, require_second_factor| Tenant { require_second_factor, ..tenant };
    for (target, home) in [(false, false), (true, false), (false, true), (true, true)] {
        let (client, agency) = (demanding(client(), target), demanding(agency(), home));
        let members = [member("agency", Role::Admin)];
        let enrolling = |account: &Account| place_in(&client, Some(&agency), &members, account).unwrap().enrolling;
        assert_eq!(enrolling(&account()), target || home, "target {target}, home {home}");
        assert!(!enrolling(&with_factor()));
        let platform = [member("porchlight-platform", Role::SuperAdmin)];
        assert!(place_in(&client, Some(&agency), &platform, &account()).unwrap().enrolling, "the platform always does");
        assert!(!place_in(&client, Some(&agency), &platform, &with_factor()).unwrap().enrolling);
    }
}

//! The local stack refuses what a role's policies do not allow, so a permission that is missing shows here first.

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::error::{DisplayErrorContext, ProvideErrorMetadata, SdkError};
use aws_sdk_dynamodb::types::{AttributeValue, ConditionCheck, Put, TransactWriteItem};
use aws_sdk_sqs::config::Credentials;
use serde_json::{Value, json};

use crate::stage::{stage, unique};

/// Calls an API of the emulator that takes forms, as its administrator.
fn administer(service: &str, form: &[(&str, &str)]) -> String {
    let scope = format!("Credential=test/20261128/us-east-1/{service}/aws4_request");
    let headers = [
        ("authorization".to_owned(), format!("AWS4-HMAC-SHA256 {scope}, SignedHeaders=host, Signature=0")),
        ("content-type".to_owned(), "application/x-www-form-urlencoded".to_owned()),
    ];
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
    let answer = stage().stack.http().send("POST", "/", &headers, &body).unwrap();
    assert_eq!(answer.status, 200, "{}", answer.body);
    answer.body
}

/// A role of the test's own, which calls the table.
struct Role {
    name: String,
    table: Client,
}

impl Role {
    fn new() -> Self {
        let name = format!("permissions-{}", unique());
        let trust = json!({"Version": "2012-10-17", "Statement": [
            {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"}]});
        let made = administer(
            "iam",
            &[("Action", "CreateRole"), ("RoleName", &name), ("AssumeRolePolicyDocument", &trust.to_string())],
        );
        let session = administer(
            "sts",
            &[("Action", "AssumeRole"), ("RoleArn", within(&made, "Arn")), ("RoleSessionName", "permissions")],
        );
        let part = |tag| within(&session, tag).to_owned();
        let credentials = Credentials::new(
            part("AccessKeyId"),
            part("SecretAccessKey"),
            Some(part("SessionToken")),
            None,
            "the role's session",
        );
        let config = aws_sdk_dynamodb::config::Builder::from(&stage().aws).credentials_provider(credentials);
        Self { name, table: Client::from_conf(config.build()) }
    }

    /// Gives it one policy, in the place of what it had.
    fn may(&self, statements: &Value) {
        let policy = json!({"Version": "2012-10-17", "Statement": statements}).to_string();
        let form = [("Action", "PutRolePolicy"), ("RoleName", &self.name), ("PolicyName", "own")];
        administer("iam", &[form.as_slice(), &[("PolicyDocument", &policy)]].concat());
    }

    /// Puts an item on the condition that another, at `checked`, is not there.
    fn put_unless(&self, checked: &str) -> Result<(), String> {
        let table = stage().output("TableName");
        let key = |pk: &str| [("pk", pk), ("sk", "PERMISSIONS")].map(|(name, value)| (name.to_owned(), text(value)));
        // A mark is the kind that has next to nothing in it.
        let mark = [("entity".to_owned(), text("seen"))].into_iter().chain(key(&format!("T#{}", self.name)));
        let put = Put::builder().table_name(table).set_item(Some(mark.collect()));
        let check = ConditionCheck::builder()
            .table_name(table)
            .set_key(Some(key(checked).into()))
            .condition_expression("attribute_not_exists(pk)");
        let items = [
            TransactWriteItem::builder().put(put.build().unwrap()).build(),
            TransactWriteItem::builder().condition_check(check.build().unwrap()).build(),
        ];
        let call = self.table.transact_write_items().set_transact_items(Some(items.into()));
        stage().block_on(call.send()).map(|_| ()).map_err(|error| refusal(&error))
    }
}

fn text(value: &str) -> AttributeValue {
    AttributeValue::S(value.to_owned())
}

/// What stands between the first pair of tags of that name.
fn within<'a>(xml: &'a str, tag: &str) -> &'a str {
    xml.split_once(&format!("<{tag}>")).unwrap().1.split_once("</").unwrap().0
}

fn refusal<E: ProvideErrorMetadata + std::error::Error + 'static>(error: &SdkError<E>) -> String {
    assert_eq!(error.code(), Some("AccessDeniedException"), "{}", DisplayErrorContext(error));
    error.message().unwrap_or_default().to_owned()
}

/// The whole table, with these actions.
fn allowing(actions: &[&str]) -> Value {
    let arn = format!("arn:aws:dynamodb:us-east-1:000000000000:table/{}", stage().output("TableName"));
    json!({"Effect": "Allow", "Action": actions, "Resource": arn})
}

#[test]
fn a_transaction_that_checks_an_item_needs_the_permission_to_check() {
    let role = Role::new();
    role.may(&json!([allowing(&["dynamodb:PutItem"])]));
    let refused = role.put_unless("T#nobody").unwrap_err();
    assert!(refused.contains("dynamodb:ConditionCheckItem"), "{refused}");

    role.may(&json!([allowing(&["dynamodb:PutItem", "dynamodb:ConditionCheckItem"])]));
    role.put_unless("T#nobody").unwrap();
}

#[test]
fn a_denial_of_some_keys_refuses_those_and_no_others() {
    let role = Role::new();
    let mut denied = allowing(&["dynamodb:ConditionCheckItem"]);
    denied["Effect"] = json!("Deny");
    denied["Condition"] = json!({"ForAnyValue:StringLike": {"dynamodb:LeadingKeys": ["T#*#CREDENTIAL#sending"]}});
    role.may(&json!([allowing(&["dynamodb:PutItem", "dynamodb:ConditionCheckItem"]), denied]));

    let refused = role.put_unless("T#somebody#CREDENTIAL#sending").unwrap_err();
    assert!(refused.contains("explicit deny"), "{refused}");
    role.put_unless("T#somebody#CREDENTIAL#verification").unwrap();
}

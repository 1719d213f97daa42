"""What the wiring promises and no linter knows: least privilege, nothing lost, nothing unwatched.

Prints one sentence per breach and ends with 1 if there is any. test_check_template.py shows that each rule can fail.
"""
import re
import sys

from stacks import MAIN, ROOT, of_type, stacks

# Folders under functions/ and what their crates' names begin with.
KINDS = {"webhooks": "webhook", "workers": "worker", "ai": "ai", "cron": "cron", "api": "api"}
FOURTEEN_DAYS = 1209600
LOGS_ONLY = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
# Who may do what with which kind of credential: a function that is broken into gives away no more than its own kind.
DECRYPTS, SEALS = "kms:Decrypt", "kms:GenerateDataKey"
PURPOSES = {
    "webhook-": {(DECRYPTS, "verification")},
    "ai-": {(DECRYPTS, "model")},
    # Knows again who refused and was erased since.
    "ai-converse": {(DECRYPTS, "suppression")},
    # They keep what erased people refused, and make the key for that where there is none.
    "worker-data-rights": {(DECRYPTS, "suppression"), (SEALS, "suppression")},
    "worker-tenant-chores": {(DECRYPTS, "suppression"), (SEALS, "suppression")},
    "worker-deliver": {(DECRYPTS, "sending")},
    "worker-touchpoint": {(DECRYPTS, "model")},
    # Stores what vendors give, and cannot read it back.
    "api-tenants": {(SEALS, "verification"), (SEALS, "sending")},
    "api-identity": {(SEALS, "identity"), (DECRYPTS, "identity")},
}
# Who may read the items of sending credentials beside the sender, and why. None of them can decrypt what it reads.
READERS_OF_SENDING = {
    "WorkerDeliverRole": "it sends",
    "ApiTenantsRole": "it lists which credentials are stored, and since when",
    "WorkerDataRightsRole": "it erases them with their tenant",
}
APART = "SendingCredentialsApart"
# What a customer waits for, beside the webhooks; what tenants' programs and pages ask all day.
MAIN_PATH = {"AiConverse", "WorkerOutbox", "WorkerDeliver", "ApiIdentity", "ApiLeads", "ApiConversations"}
# Who may read the whole table, and why.
SCANNERS = {"WorkerDataRightsRole": "erasing every entry, and showing that none is left, cannot be done by keys"}
# Wildcards that cannot be avoided. Statement id or resource, and why.
WILDCARDS = {
    "AccountDecidesByIamPolicies": "a key policy speaks of its own key only, and without it nobody could manage the key",
    "OnlyOverTls": "it denies",
    "${Files.Arn}/*": "the bucket has a prefix a tenant, and tenants come without a deploy",
    "/touch-*": "one-time schedules come and go, a name each, in a group of their own",
    "identity/*": "tenants bring their own sender addresses, and new ones come without a deploy",
}


def functions_are_alike(main, _):
    """The one runtime, architecture by parameter, logs kept for a set time, code from the crate that the name says."""
    for name, function in of_type(main, "AWS::Lambda::Function").items():
        p = function["Properties"]
        crate = p["Code"]["S3Key"].removeprefix("target/lambda/").removesuffix("/")
        if name != "".join(word.capitalize() for word in crate.split("-")):
            yield f"{name} runs {crate}: name and crate differ"
        if p["FunctionName"] != {"Fn::Sub": "${AWS::StackName}-" + crate}:
            yield f"{name}: FunctionName is not the stack's name and {crate}"
        if p["Runtime"] != "provided.al2023" or p["Architectures"] != [{"Ref": "Architecture"}]:
            yield f"{name}: runtime or architecture is its own"
        logs = main["Resources"].get(p.get("LoggingConfig", {}).get("LogGroup", {}).get("Ref"), {"Properties": {}})
        if "RetentionInDays" not in logs["Properties"] or p["LoggingConfig"].get("LogFormat") != "JSON":
            yield f"{name}: no JSON logs into a group of its own with a retention"


def every_function_is_wired(main, _):
    """What is built is deployed, and what is deployed exists."""
    wired = {f["Properties"]["Code"]["S3Key"].split("/")[2] for f in of_type(main, "AWS::Lambda::Function").values()}
    crates = {f"{KINDS[f.parent.parent.name]}-{f.parent.name}" for f in (ROOT / "functions").glob("*/*/Cargo.toml")}
    for crate in sorted(wired ^ crates):
        yield f"{crate} is in {'template.yaml' if crate in wired else 'functions/'} only"


def environment_is_read(main, _):
    """A function gets the variables it reads, and no others. Names in its own code are its own; shared code has more."""
    shared = "".join(f.read_text() for f in (ROOT / "shared").glob("*/src/**/*.rs"))
    for name, function in of_type(main, "AWS::Lambda::Function").items():
        kind, _, folder = function["Properties"]["Code"]["S3Key"].split("/")[2].partition("-")
        sources = [f for k, prefix in KINDS.items() if prefix == kind for f in ROOT.glob(f"functions/{k}/{folder}/src/*.rs")]
        own = "".join(f.read_text() for f in sources)
        given = function["Properties"]["Environment"]["Variables"].keys()
        for variable in sorted(given):
            if f'"{variable}"' not in own + shared and variable != "RUST_LOG":
                yield f"{name}: nobody reads {variable}"
        for variable in sorted(set(re.findall(r'"([A-Z]+(?:_[A-Z]+)+)"', own)) - given):
            yield f"{name}: {variable} is not set"


def roles_are_their_own(main, _):
    """One role a function; AWS's own policies only for logs."""
    owners = {}
    for name, function in of_type(main, "AWS::Lambda::Function").items():
        role = function["Properties"]["Role"].get("Fn::GetAtt", ["a role from elsewhere"])[0]
        if role in owners:
            yield f"{name} shares {role} with {owners[role]}"
        owners[role] = name
    for name, role in of_type(main, "AWS::IAM::Role").items():
        for policy in role["Properties"].get("ManagedPolicyArns", []):
            if policy not in (LOGS_ONLY, {"Ref": APART}):
                yield f"{name}: {policy} is wider than what the function needs; write the statements"


def statements_are_narrow(main, _):
    """Actions by name on resources by name."""
    for owner, statement in statements(main):
        if statement.get("Sid") in WILDCARDS:
            continue
        for action in as_list(statement["Action"]):
            if "*" in action:
                yield f"{owner}: action {action}"
        for resource in as_list(statement.get("Resource", [])):
            text = str(resource)
            if "*" in text and not any(known in text for known in WILDCARDS):
                yield f"{owner}: resource {text}"
        if statement.get("Principal") == "*" and statement["Effect"] == "Allow":
            yield f"{owner}: anybody may {statement['Action']}"


def tables_are_never_scanned(main, _):
    for owner, statement in statements(main):
        if "dynamodb:Scan" in as_list(statement["Action"]) and owner not in SCANNERS:
            yield f"{owner}: may scan the table; every access has a key"


def credentials_are_used_by_purpose(main, _):
    """Each function seals or decrypts the purposes of its kind, and no other."""
    for name, function in of_type(main, "AWS::Lambda::Function").items():
        crate = function["Properties"]["Code"]["S3Key"].split("/")[2]
        allowed = set().union(*(rights for start, rights in PURPOSES.items() if crate.startswith(start)))
        role = function["Properties"]["Role"]["Fn::GetAtt"][0]
        for owner, statement in statements(main):
            actions = as_list(statement["Action"])
            if owner != role or not any(action.startswith("kms:") for action in actions):
                continue
            purposes = as_list(statement.get("Condition", {}).get("StringEquals", {}).get("kms:EncryptionContext:purpose"))
            for action, purpose in ((action, purpose) for action in actions for purpose in purposes):
                if (action, purpose) not in allowed:
                    yield f"{name}: {action} with purpose {purpose}, where {sorted(allowed) or 'nothing'} is its own"


def sending_credentials_are_kept_apart(main, _):
    """Only who sends reads what may send: every other role that reads the table is kept from those items."""
    reads = {"dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query"}
    for name, role in of_type(main, "AWS::IAM::Role").items():
        own = [statement for owner, statement in statements(main) if owner == name]
        reader = any(reads & set(as_list(statement["Action"])) for statement in own)
        if reader and name not in READERS_OF_SENDING and {"Ref": APART} not in role["Properties"].get("ManagedPolicyArns", []):
            yield f"{name}: reads the table and is not kept from the sending credentials"
    for owner, denial in statements(main):
        if owner == APART:
            keys = denial.get("Condition", {}).get("ForAnyValue:StringLike", {}).get("dynamodb:LeadingKeys")
            if denial["Effect"] != "Deny" or keys != ["T#*#CREDENTIAL#sending"] or not reads <= set(denial["Action"]):
                yield f"{owner}: does not keep anybody from anything"


def queues_keep_what_they_hold(main, _):
    """Encrypted, kept for 14 days, with somewhere to put what cannot be done."""
    dead = dead_letter_queues(main)
    for name, queue in of_type(main, "AWS::SQS::Queue").items():
        p = queue["Properties"]
        if p.get("SqsManagedSseEnabled") is not True:
            yield f"{name}: not encrypted"
        if p.get("MessageRetentionPeriod") != FOURTEEN_DAYS:
            yield f"{name}: kept for less than 14 days"
        if name not in dead:
            target = p.get("RedrivePolicy", {}).get("deadLetterTargetArn", {}).get("Fn::GetAtt", [None])[0]
            if target is None:
                yield f"{name}: no dead-letter queue"
            elif p.get("FifoQueue") != main["Resources"][target]["Properties"].get("FifoQueue"):
                yield f"{name}: its dead-letter queue is of the other kind"


def mappings_hand_back_single_records(main, _):
    """One bad record fails alone, a queue waits until the function has certainly ended, and no record of a FIFO queue comes
    back untried."""
    for name, mapping in of_type(main, "AWS::Lambda::EventSourceMapping").items():
        p = mapping["Properties"]
        if p.get("FunctionResponseTypes") != ["ReportBatchItemFailures"]:
            yield f"{name}: one bad record fails its whole batch"
        source = main["Resources"][p["EventSourceArn"]["Fn::GetAtt"][0]]
        timeout = main["Resources"][function_of(main, mapping)]["Properties"]["Timeout"]
        if source["Type"] == "AWS::SQS::Queue":
            if source["Properties"].get("FifoQueue") and p.get("BatchSize") != 1:
                yield f"{name}: takes several records of a FIFO queue, which come back untried while one of their group is slow"
            if source["Properties"].get("VisibilityTimeout", 30) < 6 * timeout:
                yield f"{name}: visibility timeout under six times the function's {timeout} s"
        elif "OnFailure" not in p.get("DestinationConfig", {}) or not p.get("BisectBatchOnFunctionError"):
            yield f"{name}: a bad record blocks the stream or is lost"


def loops_are_meant(main, _):
    """Lambda stops a function after about 16 rounds through its own queue, unless it is declared; what is declared is one."""
    roles = {name: f["Properties"]["Role"]["Fn::GetAtt"][0] for name, f in of_type(main, "AWS::Lambda::Function").items()}
    looping = set()
    for mapping in of_type(main, "AWS::Lambda::EventSourceMapping").values():
        function, source = function_of(main, mapping), mapping["Properties"]["EventSourceArn"]
        sends = [s for owner, s in statements(main) if owner == roles[function] and "sqs:SendMessage" in as_list(s["Action"])]
        if any(source in as_list(statement["Resource"]) for statement in sends):
            looping.add(function)
    for name, function in of_type(main, "AWS::Lambda::Function").items():
        if (function["Properties"].get("RecursiveLoop") == "Allow") != (name in looping):
            yield f"{name}: {'sends to the queue it reads, and is stopped' if name in looping else 'is no loop'}"


def targets_have_dead_letters(main, _):
    """What the bus or the scheduler cannot deliver is kept."""
    rules = of_type(main, "AWS::Events::Rule")
    targets = [(name, target) for name, rule in rules.items() for target in rule["Properties"]["Targets"]]
    schedules = of_type(main, "AWS::Scheduler::Schedule")
    targets += [(name, schedule["Properties"]["Target"]) for name, schedule in schedules.items()]
    for name, target in targets:
        if "DeadLetterConfig" not in target:
            yield f"{name}: no dead-letter queue"


def everything_is_watched(main, alarms):
    """An alarm per dead-letter queue and per function, and on what Lambda and the table turn away."""
    metrics = {alarm["Properties"].get("MetricName") for alarm in of_type(alarms, "AWS::CloudWatch::Alarm").values()}
    for metric in sorted({"Throttles", "ReadThrottleEvents", "WriteThrottleEvents"} - metrics):
        yield f"{metric}: no alarm"
    watched = {
        (alarm["Properties"].get("MetricName"), str(dimension["Value"]).replace("${App}", "${AWS::StackName}"))
        for alarm in of_type(alarms, "AWS::CloudWatch::Alarm").values()
        for dimension in alarm["Properties"].get("Dimensions", [])
    }
    for name in sorted(dead_letter_queues(main)):
        physical = str(main["Resources"][name]["Properties"]["QueueName"])
        if ("ApproximateNumberOfMessagesVisible", physical) not in watched:
            yield f"{name}: no alarm on its depth"
    for name, function in of_type(main, "AWS::Lambda::Function").items():
        if ("Errors", str(function["Properties"]["FunctionName"])) not in watched:
            yield f"{name}: no alarm on its errors"


def a_flood_leaves_room(main, _):
    """A queue that fills up takes no more executions than it is given: the others need some too."""
    for name, mapping in of_type(main, "AWS::Lambda::EventSourceMapping").items():
        source = main["Resources"][mapping["Properties"]["EventSourceArn"]["Fn::GetAtt"][0]]
        if source["Type"] == "AWS::SQS::Queue" and "MaximumConcurrency" not in mapping["Properties"].get("ScalingConfig", {}):
            yield f"{name}: takes as many executions as it can get"


def the_main_path_changes_gradually(main, _):
    """What a customer waits for has an alias, and whoever calls it calls the alias: else new code answers everybody at once."""
    aliased = {alias["Properties"]["FunctionName"]["Ref"] for alias in of_type(main, "AWS::Lambda::Alias").values()}
    functions = of_type(main, "AWS::Lambda::Function")
    for name in functions:
        if name not in aliased and (name.startswith("Webhook") or name in MAIN_PATH):
            yield f"{name}: has no alias, and so no gradual deployment"
    called = [
        (name, resource["Properties"]["FunctionName"].get("Ref"))
        for kind in ("AWS::Lambda::EventSourceMapping", "AWS::Lambda::Permission")
        for name, resource in of_type(main, kind).items()
    ]
    for name, api in of_type(main, "AWS::ApiGatewayV2::Api").items():
        called += [(name, function) for function in re.findall(r"functions/\$\{(\w+)\.Arn\}", str(api["Properties"]["Body"]))]
    for name, function in called:
        if function in aliased:
            yield f"{name}: calls {function} and not its alias"


def data_is_safe(main, _):
    """The table and the bucket are encrypted, recoverable, private, and outlive the stack."""
    for name, table in of_type(main, "AWS::DynamoDB::Table").items():
        p = table["Properties"]
        if not p.get("PointInTimeRecoverySpecification", {}).get("PointInTimeRecoveryEnabled"):
            yield f"{name}: no point-in-time recovery"
        if p.get("DeletionProtectionEnabled") is not True:
            yield f"{name}: can be deleted by one call"
        if not p.get("SSESpecification", {}).get("SSEEnabled"):
            yield f"{name}: not encrypted"
    for name, bucket in of_type(main, "AWS::S3::Bucket").items():
        p = bucket["Properties"]
        if "BucketEncryption" not in p or p.get("VersioningConfiguration") != {"Status": "Enabled"}:
            yield f"{name}: not encrypted or not versioned"
        if list(p.get("PublicAccessBlockConfiguration", {}).values()) != [True] * 4:
            yield f"{name}: could be made public"
    for kind in ("AWS::DynamoDB::Table", "AWS::S3::Bucket", "AWS::KMS::Key"):
        for name, resource in of_type(main, kind).items():
            if (resource.get("DeletionPolicy"), resource.get("UpdateReplacePolicy")) != ("Retain", "Retain"):
                yield f"{name}: goes with the stack"


def clients_are_told_apart(main, _):
    """Who counts callers by their network address knows how many proxies stand before the API."""
    for name, function in of_type(main, "AWS::Lambda::Function").items():
        variables = function["Properties"]["Environment"]["Variables"]
        counts = "ISSUER" in variables or name in ("WebhookWebForm", "WebhookLiveChat")
        if counts and variables.get("TRUSTED_HOPS") != {"Ref": "TrustedHops"}:
            yield f"{name}: counts callers and is not told of TrustedHops"
        if "ISSUER" in variables and not {"PUBLIC_URL", "APP_URL"} <= variables.keys():
            yield f"{name}: is not told which addresses are the API's own"


def default_endpoint_can_be_closed(main, _):
    for name, api in of_type(main, "AWS::ApiGatewayV2::Api").items():
        servers = api["Properties"]["Body"].get("servers", [])
        closed = [server.get("x-amazon-apigateway-endpoint-configuration", {}) for server in servers]
        if {"disableExecuteApiEndpoint": {"Fn::If": ["ClosesExecuteApiEndpoint", True, False]}} not in closed:
            yield f"{name}: its own address cannot be closed"


RULES = [
    functions_are_alike,
    every_function_is_wired,
    environment_is_read,
    roles_are_their_own,
    statements_are_narrow,
    tables_are_never_scanned,
    credentials_are_used_by_purpose,
    sending_credentials_are_kept_apart,
    queues_keep_what_they_hold,
    mappings_hand_back_single_records,
    loops_are_meant,
    a_flood_leaves_room,
    the_main_path_changes_gradually,
    targets_have_dead_letters,
    everything_is_watched,
    data_is_safe,
    clients_are_told_apart,
    default_endpoint_can_be_closed,
]


def statements(main):
    """Every policy statement with the logical id it belongs to."""
    for name, resource in main["Resources"].items():
        p = resource.get("Properties", {})
        documents = [policy["PolicyDocument"] for policy in p.get("Policies", [])]
        documents += [p[key] for key in ("PolicyDocument", "KeyPolicy") if key in p]
        for document in documents:
            yield from ((name, statement) for statement in document["Statement"])


def function_of(main, mapping):
    """The function that a mapping calls, by itself or by its alias."""
    called = mapping["Properties"]["FunctionName"]["Ref"]
    alias = of_type(main, "AWS::Lambda::Alias").get(called)
    return alias["Properties"]["FunctionName"]["Ref"] if alias else called


def dead_letter_queues(main):
    """Logical ids of the queues that something names as where its failures go."""
    names = set()

    def walk(value, key=""):
        if isinstance(value, dict):
            if "Fn::GetAtt" in value and key in ("deadLetterTargetArn", "Destination", "DeadLetterConfig"):
                names.add(value["Fn::GetAtt"][0])
            for inner, part in value.items():
                walk(part, key if inner == "Arn" else inner)
        elif isinstance(value, list):
            for part in value:
                walk(part, key)

    walk(main["Resources"])
    return names & of_type(main, "AWS::SQS::Queue").keys()


def as_list(value):
    return value if isinstance(value, list) else [value]


def breaches(found):
    """One sentence per breach in {file: template}."""
    main, alarms = found[MAIN], found["infra/alarms.yaml"]
    return [f"{rule.__name__}: {sentence}" for rule in RULES for sentence in rule(main, alarms)]


if __name__ == "__main__":
    found = breaches(stacks())
    print("\n".join(found) if found else f"template.yaml keeps its {len(RULES)} promises")
    sys.exit(1 if found else 0)

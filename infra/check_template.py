"""What the wiring promises and no linter knows: least privilege, nothing lost, nothing unwatched.

Prints one sentence per breach and ends with 1 if there is any. test_check_template.py shows that each rule can fail.
"""
import re
import sys

import resources
from stacks import (
    MAIN, QUEUE, ROOT, SCHEDULE, as_list, dead_letter_queues, function_of, instances, of_type, source_of, stacks, statements
)

LOGS = "infra/logs.yaml"
# Folders under functions/ and what their crates' names begin with. A kind's log group has the folder's name.
KINDS = {"webhooks": "webhook", "workers": "worker", "ai": "ai", "cron": "cron", "api": "api"}
# The kinds that answer requests.
ANSWERING = ("webhook-", "api-", "ai-suggest-reply", "ai-extract-style")
# Those with an address of their own, which check a ticket that the API gave.
STREAMING = {"AiStreamReply"}
FOURTEEN_DAYS = 1209600
LOGS_ONLY = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
# Who may do what with which kind of credential: a function that is broken into gives away no more than its own kind.
DECRYPTS, SEALS = "kms:Decrypt", "kms:GenerateDataKey"
PURPOSES = {
    "webhook-": {(DECRYPTS, "verification")},
    "ai-": {(DECRYPTS, "model")},
    # Knows again who refused and was erased since.
    "ai-converse": {(DECRYPTS, "suppression")},
    # Tells a contact that staff type in what its address refused.
    "api-journeys": {(DECRYPTS, "suppression")},
    "api-leads": {(DECRYPTS, "suppression")},
    "worker-imports": {(DECRYPTS, "suppression")},
    # They keep what erased people refused, and make the key for that where there is none.
    "worker-data-rights": {(DECRYPTS, "suppression"), (SEALS, "suppression")},
    "worker-tenant-jobs": {(DECRYPTS, "suppression"), (SEALS, "suppression")},
    "worker-deliver": {(DECRYPTS, "sending")},
    # Makes noise with a key that nothing else reads, and makes the key where there is none.
    "worker-aggregate": {(DECRYPTS, "benchmarks"), (SEALS, "benchmarks")},
    # Fetches what customers sent, from the vendors through which we send.
    "worker-received-files": {(DECRYPTS, "sending")},
    # Embeds the question of a search in the documents.
    "api-knowledge": {(DECRYPTS, "model")},
    # All three sign the links to appointments, and make the key for that where there is none.
    "api-conversations": {(DECRYPTS, "visits"), (SEALS, "visits")},
    "worker-sequence-step": {(DECRYPTS, "model"), (DECRYPTS, "visits"), (SEALS, "visits")},
    "api-booking": {(DECRYPTS, "suppression"), (DECRYPTS, "visits"), (SEALS, "visits")},
    # Stores what vendors give, and cannot read it back.
    "api-tenants": {(SEALS, "verification"), (SEALS, "sending")},
    # One makes the secrets that sign what is posted, the other signs with them.
    "api-webhooks": {(SEALS, "webhooks")},
    "worker-webhooks": {(DECRYPTS, "webhooks")},
    # One takes the addresses of outside calendars, the other reads there.
    "api-schedule": {(SEALS, "calendars")},
    # It also keeps what accounts at Google give, and makes what schedulers sign their messages with.
    "worker-calendars": {(DECRYPTS, "calendars"), (SEALS, "calendars"), (SEALS, "calendar-hooks")},
    # The key of the provider of forecasts.
    "worker-weather": {(DECRYPTS, "weather")},
    # Opens those, and nothing else that checks deliveries.
    "webhook-calendars": {(DECRYPTS, "calendar-hooks")},
    "api-identity": {(SEALS, "identity"), (DECRYPTS, "identity")},
}
# Who may read the items of sending credentials beside the sender, and why. None of them can decrypt what it reads.
READERS_OF_SENDING = {
    "WorkerDeliverRole": "it sends",
    "WorkerReceivedFilesRole": "it fetches files from the vendors through which it is sent",
    "ApiTenantsRole": "it lists which credentials are stored, and since when",
    "WorkerDataRightsRole": "it erases them with their tenant",
}
APART = "SendingCredentialsApart"
# Lambda's last line about an invocation that crashed, ran out of time or could not start.
FAILED = '{ $.type = "platform.report" && $.record.status != "success" }'
# What a customer waits for, beside the webhooks; what tenants' programs and pages ask all day.
MAIN_PATH = {"AiConverse", "WorkerOutbox", "WorkerDeliver", "ApiIdentity", "ApiLeads", "ApiConversations"}
# Work over all tenants, which one slow tenant must not delay.
ONE_TENANT_A_RECORD = {"TenantJobsQueue", "WeatherChecksQueue", "AggregateQueue"}
# Who may read the whole table, and why.
SCANNERS = {"WorkerDataRightsRole": "erasing every entry, and showing that none is left, cannot be done by keys"}
# Who may list the bucket without a prefix, and why: else S3 calls what is missing forbidden.
HEAR_WHAT_IS_MISSING = {
    "ApiJourneysRole": "whether the file of an import was sent",
    "WorkerImportsRole": "whether the file of an import is there still",
    "ApiConversationsRole": "whether a file was sent that a reply names",
    "ApiKnowledgeRole": "whether an index is still there that another one takes the place of",
    "AiConverseRole": "whether an index is still there that another one takes the place of",
    "AiSuggestReplyRole": "whether an index is still there that another one takes the place of",
    "AiStreamReplyRole": "whether an index is still there that another one takes the place of",
    "AiEmbedDocumentRole": "whether the file of a document was sent",
    "WorkerReceivedFilesRole": "whether the file of a visitor is there still",
    "WorkerDeliverRole": "whether the file of a reply is there still",
    "WorkerOrderMailRole": "whether the document of an order is there still",
}
# Wildcards that cannot be avoided. Statement id or resource, and why.
WILDCARDS = {
    "AccountDecidesByIamPolicies": "a key policy speaks of its own key only, and without it nobody could manage the key",
    "OnlyOverTls": "it denies",
    "${Files.Arn}/*": "the bucket has a prefix a tenant, and tenants come without a deploy",
    "/touch-*": "one-time schedules come and go, a name each, in a group of their own",
    "/webhook-*": "as above",
    "identity/*": "tenants bring their own sender addresses, and new ones come without a deploy",
    "${AWS::StackName}-webhook-*": "the API calls every function that is made for it, and any version of it",
    "${AWS::StackName}-api-*": "as above",
}


def functions_are_alike(found):
    """The one runtime, architecture by parameter, JSON logs into the group of the kind, code from the crate that the name says."""
    main = found[MAIN]
    kinds = {prefix: folder.capitalize() for folder, prefix in KINDS.items()}
    for name, function in of_type(main, "AWS::Lambda::Function").items():
        p = function["Properties"]
        crate = p["Code"]["S3Key"].removeprefix("target/lambda/").removesuffix("/")
        if name != "".join(word.capitalize() for word in crate.split("-")):
            yield f"{name} runs {crate}: name and crate differ"
        if p["FunctionName"] != {"Fn::Sub": "${AWS::StackName}-" + crate}:
            yield f"{name}: FunctionName is not the stack's name and {crate}"
        if p["Runtime"] != "provided.al2023" or p["Architectures"] != [{"Ref": "Architecture"}]:
            yield f"{name}: runtime or architecture is its own"
        group = {"Fn::GetAtt": ["Logs", f"Outputs.{kinds[crate.split('-')[0]]}"]}
        if p.get("LoggingConfig") != {"LogFormat": "JSON", "LogGroup": group}:
            yield f"{name}: no JSON logs into the group of its kind"
    for name, group in of_type(found[LOGS], "AWS::Logs::LogGroup").items():
        if "RetentionInDays" not in group["Properties"]:
            yield f"{name}: log lines are kept for ever"


def every_function_is_wired(found):
    """What is built is deployed, what is deployed exists, and a job has a schedule."""
    main = found[MAIN]
    wired = {f["Properties"]["Code"]["S3Key"].split("/")[2] for f in of_type(main, "AWS::Lambda::Function").values()}
    crates = {f"{KINDS[f.parent.parent.name]}-{f.parent.name}" for f in (ROOT / "functions").glob("*/*/Cargo.toml")}
    for crate in sorted(wired ^ crates):
        yield f"{crate} is in {'template.yaml' if crate in wired else 'functions/'} only"
    scheduled = [schedule["Function"] for schedule in instances(main, SCHEDULE).values()]
    for name in of_type(main, "AWS::Lambda::Function"):
        if name.startswith("Cron") and {"Fn::GetAtt": [name, "Arn"]} not in scheduled:
            yield f"{name}: has no schedule"


def environment_is_read(found):
    """A function gets the variables it reads, and no others. Names in its own code are its own; shared code has more."""
    main = found[MAIN]
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


def webhooks_stay_outside(found):
    """Tenants name the addresses that we post to: that they may be on our own machines is for the local stack, which sets it itself."""
    for name, function in of_type(found[MAIN], "AWS::Lambda::Function").items():
        if "LOCAL_WEBHOOKS" in function["Properties"]["Environment"]["Variables"]:
            yield f"{name}: may be made to call what only our servers reach"


def roles_are_their_own(found):
    """One role a function, with the policy of the queue that it works off; AWS's own policies only for logs."""
    main = found[MAIN]
    owners, works_off = {}, {}
    for mapping in of_type(main, "AWS::Lambda::EventSourceMapping").values():
        role = main["Resources"][function_of(main, mapping)]["Properties"]["Role"]["Fn::GetAtt"][0]
        works_off[role] = {"Fn::GetAtt": [source_of(mapping), "Outputs.WorkerPolicy"]}
    for name, function in of_type(main, "AWS::Lambda::Function").items():
        role = function["Properties"]["Role"].get("Fn::GetAtt", ["a role from elsewhere"])[0]
        if role in owners:
            yield f"{name} shares {role} with {owners[role]}"
        owners[role] = name
    for name, role in of_type(main, "AWS::IAM::Role").items():
        for policy in role["Properties"].get("ManagedPolicyArns", []):
            if policy not in (LOGS_ONLY, {"Ref": APART}, works_off.get(name)):
                yield f"{name}: {policy} is wider than what the function needs; write the statements"


def statements_are_narrow(found):
    """Actions by name on resources by name."""
    for owner, statement in (each for template in found.values() for each in statements(template)):
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


def mail_comes_from_known_senders(found):
    """Who may send mail from any identity of the account may do so from a tenant's tagged one, or from the platform's own address."""
    for owner, statement in statements(found[MAIN]):
        if "ses:SendEmail" in as_list(statement["Action"]) and "identity/*" in str(statement["Resource"]):
            if not statement.get("Condition", {}).get("StringEquals", {}).keys() & {"aws:ResourceTag/porchlight", "ses:FromAddress"}:
                yield f"{owner}: may send in anybody's name"


def objects_are_listed_by_tenant(found):
    """Who lists objects lists them under a tenant's name. S3 asks for the permission without a prefix before it says that an object is missing."""
    for owner, statement in statements(found[MAIN]):
        actions = as_list(statement["Action"])
        under = as_list(statement.get("Condition", {}).get("StringLike", {}).get("s3:prefix", []))
        narrow = bool(under) and all(prefix.startswith("?*/") for prefix in under)
        wide = {"s3:ListBucketVersions"} if owner in HEAR_WHAT_IS_MISSING else {"s3:ListBucket", "s3:ListBucketVersions"}
        if wide & set(actions) and not narrow:
            yield f"{owner}: may list every tenant's objects"


def requests_are_traced_on_demand(found):
    """Tracing costs with every request: it is off unless a deploy asks for it."""
    for name, function in of_type(found[MAIN], "AWS::Lambda::Function").items():
        if "TracingConfig" in function["Properties"]:
            yield f"{name}: is traced though the deploy does not ask for it"


def tables_are_never_scanned(found):
    for owner, statement in statements(found[MAIN]):
        if "dynamodb:Scan" in as_list(statement["Action"]) and owner not in SCANNERS:
            yield f"{owner}: may scan the table; every access has a key"


def credentials_are_used_by_purpose(found):
    """Each function seals or decrypts the purposes of its kind, and no other."""
    main = found[MAIN]
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


def sending_credentials_are_kept_apart(found):
    """Only who sends reads what may send: every other role that reads the table is kept from those items."""
    main = found[MAIN]
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


def queues_keep_what_they_hold(found):
    """Encrypted, kept for 14 days, with somewhere to put what cannot be done."""
    for template in (found[MAIN], found[QUEUE]):
        dead = dead_letter_queues(template)
        for name, queue in of_type(template, "AWS::SQS::Queue").items():
            p = queue["Properties"]
            if p.get("SqsManagedSseEnabled") is not True:
                yield f"{name}: not encrypted"
            if p.get("MessageRetentionPeriod") != FOURTEEN_DAYS:
                yield f"{name}: kept for less than 14 days"
            if name not in dead:
                target = p.get("RedrivePolicy", {}).get("deadLetterTargetArn", {}).get("Fn::GetAtt", [None])[0]
                if target is None:
                    yield f"{name}: no dead-letter queue"
                elif p.get("FifoQueue") != template["Resources"][target]["Properties"].get("FifoQueue"):
                    yield f"{name}: its dead-letter queue is of the other kind"


def mappings_hand_back_single_records(found):
    """One bad record fails alone, a queue waits until the function has certainly ended, and no record of a FIFO queue comes
    back untried."""
    main = found[MAIN]
    for name, mapping in of_type(main, "AWS::Lambda::EventSourceMapping").items():
        p = mapping["Properties"]
        if p.get("FunctionResponseTypes") != ["ReportBatchItemFailures"]:
            yield f"{name}: one bad record fails its whole batch"
        queue = instances(main, QUEUE).get(source_of(mapping))
        timeout = main["Resources"][function_of(main, mapping)]["Properties"]["Timeout"]
        if queue is not None:
            if source_of(mapping) in ONE_TENANT_A_RECORD and p.get("BatchSize") != 1:
                yield f"{name}: one slow tenant delays the others of its batch"
            if queue.get("Fifo") == "true" and p.get("BatchSize") != 1:
                yield f"{name}: takes several records of a FIFO queue, which come back untried while one of their group is slow"
            if queue["VisibilityTimeout"] < 6 * timeout:
                yield f"{name}: visibility timeout under six times the function's {timeout} s"
        elif "OnFailure" not in p.get("DestinationConfig", {}) or not p.get("BisectBatchOnFunctionError"):
            yield f"{name}: a bad record blocks the stream or is lost"


def loops_are_meant(found):
    """Lambda stops a function after about 16 rounds through its own queue, unless it is declared; what is declared is one."""
    main = found[MAIN]
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


def targets_have_dead_letters(found):
    """What the bus or the scheduler cannot deliver is kept."""
    for template in found.values():
        rules = of_type(template, "AWS::Events::Rule")
        targets = [(name, target) for name, rule in rules.items() for target in rule["Properties"]["Targets"]]
        schedules = of_type(template, "AWS::Scheduler::Schedule")
        targets += [(name, schedule["Properties"]["Target"]) for name, schedule in schedules.items()]
        for name, target in targets:
            if "DeadLetterConfig" not in target:
                yield f"{name}: no dead-letter queue"


def everything_is_watched(found):
    """An alarm per dead-letter queue and per kind of function, on what Lambda and the table turn away, and on schedules that do not start."""
    alarms = [alarm["Properties"] for template in found.values() for alarm in of_type(template, "AWS::CloudWatch::Alarm").values()]
    for metric in sorted({"Throttles", "ReadThrottleEvents", "WriteThrottleEvents"} - {alarm["MetricName"] for alarm in alarms}):
        yield f"{metric}: no alarm"
    if not any(alarm["MetricName"] == "Invocations" and alarm["TreatMissingData"] == "breaching" for alarm in alarms):
        yield "Invocations: no alarm where there are none"
    depths = [str(alarm["Dimensions"]) for alarm in alarms if alarm["MetricName"] == "ApproximateNumberOfMessagesVisible"]
    for template in (found[MAIN], found[QUEUE]):
        for name in sorted(dead_letter_queues(template)):
            physical = str(template["Resources"][name]["Properties"]["QueueName"]).replace("${AWS::StackName}", "${App}")
            own = str({"Fn::GetAtt": [name, "QueueName"]})
            if not any(physical in depth or own in depth for depth in depths):
                yield f"{name}: no alarm on its depth"
    counted = {
        f["Properties"]["LogGroupName"]["Ref"]: (change["MetricNamespace"], change["MetricName"])
        for f in of_type(found[LOGS], "AWS::Logs::MetricFilter").values()
        if f["Properties"]["FilterPattern"] == FAILED
        for change in f["Properties"]["MetricTransformations"]
    }
    for kind in of_type(found[LOGS], "AWS::Logs::LogGroup"):
        if counted.get(kind) not in [(alarm["Namespace"], alarm["MetricName"]) for alarm in alarms]:
            yield f"{kind}: no alarm on their errors"


def a_flood_leaves_room(found):
    """A queue that fills up takes no more executions than it is given: the others need some too."""
    main = found[MAIN]
    for name, mapping in of_type(main, "AWS::Lambda::EventSourceMapping").items():
        queue = source_of(mapping) in instances(main, QUEUE)
        if queue and "MaximumConcurrency" not in mapping["Properties"].get("ScalingConfig", {}):
            yield f"{name}: takes as many executions as it can get"


def the_main_path_changes_gradually(found):
    """What a customer waits for has an alias, and whoever calls it calls the alias: else new code answers everybody at once."""
    main = found[MAIN]
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


def routes_reach_their_functions(found):
    """What answers requests has a route, a route leads to such a function, and the API has a role to call it by: no permission of a
    function says so."""
    main, reached = found[MAIN], set()
    for name, api in of_type(main, "AWS::ApiGatewayV2::Api").items():
        for path, operation in ((path, o) for path, item in api["Properties"]["Body"]["paths"].items() for o in item.values()):
            integration = operation["x-amazon-apigateway-integration"]
            called = re.search(r"functions/\$\{(\w+?)(Aliaslive|\.Arn)\}", integration["uri"]["Fn::Sub"])[1]
            reached.add(called)
            if integration.get("credentials") != {"Fn::GetAtt": ["HttpApiRole", "Arn"]}:
                yield f"{name}: {path} is not called by the API's role"
    for name, function in of_type(main, "AWS::Lambda::Function").items():
        answers = function["Properties"]["Code"]["S3Key"].split("/")[2].startswith(ANSWERING)
        if name not in STREAMING and answers != (name in reached):
            yield f"{name}: {'has no route' if answers else 'has a route, and the role may not call it'}"


def there_is_room_to_grow(found):
    """What a function costs, and what the planned ones will: CloudFormation takes 500 resources a stack."""
    main = found[MAIN]
    if resources.each(main) > resources.A_FUNCTION:
        yield f"{MAIN}: {resources.each(main):.2f} resources a function, at most {resources.A_FUNCTION}"
    if resources.planned(main) > resources.MOST:
        yield f"{MAIN}: {resources.planned(main)} resources with {resources.PLANNED} functions, at most {resources.MOST}"


def nested_stacks_are_given_what_they_take(found):
    """Every parameter that a nested stack demands is given, none that it does not know, and what is written out fits its pattern."""
    for file, template in found.items():
        for name, given in instances(found[MAIN], file).items() if file != MAIN else ():
            takes = template.get("Parameters", {})
            for parameter in given.keys() - takes.keys():
                yield f"{name}: {file} takes no {parameter}"
            for parameter, rule in takes.items():
                value = given.get(parameter, rule.get("Default"))
                if value is None:
                    yield f"{name}: {file} is not given {parameter}"
                elif isinstance(value, str) and not re.fullmatch(rule.get("AllowedPattern", ".*"), value):
                    yield f"{name}: {parameter} {value!r} does not match {rule['AllowedPattern']}"


def data_is_safe(found):
    """The table and the bucket are encrypted, recoverable, private, and outlive the stack."""
    main = found[MAIN]
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


def clients_are_told_apart(found):
    """Who counts callers by their network address knows how many proxies stand before the API."""
    main = found[MAIN]
    for name, function in of_type(main, "AWS::Lambda::Function").items():
        variables = function["Properties"]["Environment"]["Variables"]
        counts = "ISSUER" in variables or name in ("WebhookWebForm", "WebhookLiveChat")
        if counts and variables.get("TRUSTED_HOPS") != {"Ref": "TrustedHops"}:
            yield f"{name}: counts callers and is not told of TrustedHops"
        if "ISSUER" in variables and not {"PUBLIC_URL", "APP_URL"} <= variables.keys():
            yield f"{name}: is not told which addresses are the API's own"


def addresses_of_functions_are_meant(found):
    """A function's own address is open to anybody: it is for streams alone, who has one asks for a ticket itself, and a flood there takes
    no more executions than it is given. Where nothing is to stream there is none."""
    main = found[MAIN]
    for name in STREAMING:
        limited = main["Resources"][name]["Properties"].get("ReservedConcurrentExecutions", {})
        if limited.get("Fn::If", [None])[0] != "ReservesConcurrency":
            yield f"{name}: takes as many executions as it can get"
    for name, url in of_type(main, "AWS::Lambda::Url").items():
        p = url["Properties"]
        function = p["TargetFunctionArn"].get("Ref") or p["TargetFunctionArn"]["Fn::GetAtt"][0]
        if function not in STREAMING:
            yield f"{name}: {function} has an address that goes by the guard"
        if p.get("InvokeMode") != "RESPONSE_STREAM":
            yield f"{name}: does not stream, so the API can answer"
        if "Cors" in p:
            yield f"{name}: the ticket says which site may read, not the address"
        if url.get("Condition") != "StreamsSuggestions" or main["Resources"][function].get("Condition") != "StreamsSuggestions":
            yield f"{name}: is there where nothing is to stream"


def answers_come_in_time(found):
    """The API waits for 30 s: who answers requests is done before that."""
    for name, function in of_type(found[MAIN], "AWS::Lambda::Function").items():
        p = function["Properties"]
        if p["Code"]["S3Key"].split("/")[2].startswith(ANSWERING) and p["Timeout"] > 28:
            yield f"{name}: works for {p['Timeout']} s, and the API has given up by then"


def default_endpoint_can_be_closed(found):
    for name, api in of_type(found[MAIN], "AWS::ApiGatewayV2::Api").items():
        servers = api["Properties"]["Body"].get("servers", [])
        closed = [server.get("x-amazon-apigateway-endpoint-configuration", {}) for server in servers]
        if {"disableExecuteApiEndpoint": {"Fn::If": ["ClosesExecuteApiEndpoint", True, False]}} not in closed:
            yield f"{name}: its own address cannot be closed"


RULES = [
    functions_are_alike,
    every_function_is_wired,
    environment_is_read,
    webhooks_stay_outside,
    roles_are_their_own,
    statements_are_narrow,
    mail_comes_from_known_senders,
    objects_are_listed_by_tenant,
    requests_are_traced_on_demand,
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
    addresses_of_functions_are_meant,
    answers_come_in_time,
    default_endpoint_can_be_closed,
    routes_reach_their_functions,
    there_is_room_to_grow,
    nested_stacks_are_given_what_they_take,
]


def breaches(found, only=None):
    """One sentence per breach in {file: template}, of one rule or of all."""
    rules = [rule for rule in RULES if only in (None, rule.__name__)]
    return [f"{rule.__name__}: {sentence}" for rule in rules for sentence in rule(found)]


if __name__ == "__main__":
    found = breaches(stacks())
    print("\n".join(found) if found else f"template.yaml keeps its {len(RULES)} promises")
    sys.exit(1 if found else 0)

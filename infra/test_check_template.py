"""Breaks the wiring in one way at a time: each rule of check_template.py must notice."""
import copy
import unittest
from pathlib import Path

from check_template import LOGS, MAIN, QUEUE, RULES, breaches
from resources import PLANNED, each, planned, size
from restore import RESERVED
from stacks import SCHEDULE, of_type, stacks

SOUND = stacks()
# Who may use what can send. Named here once more, so that nobody is let in by one line of check_template.py alone.
USES_SENDING = {"WorkerDeliver", "WorkerReceivedFiles"}


class Broken(unittest.TestCase):
    def setUp(self):
        self.stacks = copy.deepcopy(SOUND)
        self.resources = self.stacks[MAIN]["Resources"]

    def properties(self, name, file=MAIN):
        return self.stacks[file]["Resources"][name]["Properties"]

    def statements(self, role):
        policies = self.properties(role).setdefault("Policies", [{"PolicyDocument": {"Statement": []}}])
        return policies[-1]["PolicyDocument"]["Statement"]

    def breaks(self, rule, about):
        found = breaches(self.stacks, only=rule)
        self.assertTrue(any(b.startswith(f"{rule}: {about}") for b in found), f"{rule} did not notice: {found}")

    def test_sound(self):
        self.assertEqual(breaches(self.stacks), [])

    def test_every_rule_is_broken_here(self):
        text = Path(__file__).read_text()
        self.assertEqual([r.__name__ for r in RULES if f'"{r.__name__}"' not in text], [])

    def test_nested_stacks_with_wrong_parameters(self):
        parameters = self.properties("OutboundQueue")["Parameters"]
        parameters["Name"] = "out bound"
        parameters["Colour"] = "red"
        self.breaks("nested_stacks_are_given_what_they_take", "OutboundQueue: Name 'out bound' does not match")
        self.breaks("nested_stacks_are_given_what_they_take", "OutboundQueue: infra/queue.yaml takes no Colour")
        del parameters["Name"]
        self.breaks("nested_stacks_are_given_what_they_take", "OutboundQueue: infra/queue.yaml is not given Name")

    def test_fifo_records_that_would_come_back_untried(self):
        self.properties("AiConverseInbound")["BatchSize"] = 10
        self.breaks("mappings_hand_back_single_records", "AiConverseInbound: takes several")

    def test_log_group_without_retention_and_logs_of_another_kind(self):
        del self.properties("Webhooks", LOGS)["RetentionInDays"]
        self.properties("WebhookSms")["LoggingConfig"]["LogGroup"] = {"Fn::GetAtt": ["Logs", "Outputs.Workers"]}
        self.breaks("functions_are_alike", "Webhooks: log lines")
        self.breaks("functions_are_alike", "WebhookSms: no JSON logs")

    def test_address_that_goes_by_the_guard(self):
        url = self.properties("AiStreamReplyUrl")
        del self.properties("AiStreamReply")["ReservedConcurrentExecutions"]
        del self.resources["AiStreamReplyUrl"]["Condition"]
        self.breaks("addresses_of_functions_are_meant", "AiStreamReply: takes as many executions")
        self.breaks("addresses_of_functions_are_meant", "AiStreamReplyUrl: is there where nothing")
        url["Cors"] = {"AllowOrigins": ["*"]}
        url["InvokeMode"] = "BUFFERED"
        self.breaks("addresses_of_functions_are_meant", "AiStreamReplyUrl: does not stream")
        self.breaks("addresses_of_functions_are_meant", "AiStreamReplyUrl: the ticket says")
        url["TargetFunctionArn"] = {"Ref": "ApiLeads"}
        self.breaks("addresses_of_functions_are_meant", "AiStreamReplyUrl: ApiLeads has")

    def test_answer_that_comes_when_the_api_has_given_up(self):
        self.properties("WebhookLiveChat")["Timeout"] = 30
        self.breaks("answers_come_in_time", "WebhookLiveChat: works for 30 s")

    def test_what_a_restore_keeps_again_is_what_is_kept(self):
        kept = {}
        for function in of_type(self.stacks[MAIN], "AWS::Lambda::Function").values():
            if "ReservedConcurrentExecutions" in function["Properties"]:
                name = function["Properties"]["FunctionName"]["Fn::Sub"].removeprefix("${AWS::StackName}-")
                kept[name] = function["Properties"]["ReservedConcurrentExecutions"]["Fn::If"][1]
        self.assertEqual(kept, RESERVED)

    def test_function_that_is_not_built(self):
        self.properties("WebhookSms")["Code"]["S3Key"] = "target/lambda/webhook-fax/"
        self.breaks("every_function_is_wired", "webhook-fax")
        self.breaks("every_function_is_wired", "webhook-sms")

    def test_job_that_never_runs(self):
        del self.resources["CronRetentionSchedule"]
        self.breaks("every_function_is_wired", "CronRetention: has no schedule")

    def test_variables_that_nobody_reads_or_sets(self):
        variables = self.properties("WorkerDeliver")["Environment"]["Variables"]
        variables["MEAT_API_URL"] = variables.pop("META_API_URL")
        self.breaks("environment_is_read", "WorkerDeliver: nobody reads MEAT_API_URL")
        self.breaks("environment_is_read", "WorkerDeliver: META_API_URL is not set")

    def test_webhooks_that_reach_inside(self):
        self.properties("WorkerWebhooks")["Environment"]["Variables"]["LOCAL_WEBHOOKS"] = "allowed"
        self.breaks("webhooks_stay_outside", "WorkerWebhooks: may be made to call")

    def test_counting_by_an_address_that_is_a_proxys(self):
        del self.properties("WebhookWebForm")["Environment"]["Variables"]["TRUSTED_HOPS"]
        del self.properties("ApiLeads")["Environment"]["Variables"]["APP_URL"]
        self.breaks("clients_are_told_apart", "WebhookWebForm")
        self.breaks("clients_are_told_apart", "ApiLeads")

    def test_default_endpoint_that_is_always_open(self):
        del self.properties("HttpApi")["Body"]["servers"]
        self.breaks("default_endpoint_can_be_closed", "HttpApi")

    def test_shared_role(self):
        self.properties("ApiLeads")["Role"] = self.properties("ApiConversations")["Role"]
        self.breaks("roles_are_their_own", "ApiConversations shares")

    def test_managed_policy(self):
        self.properties("AiConverseRole")["ManagedPolicyArns"].append("arn:aws:iam::aws:policy/AmazonSQSFullAccess")
        self.breaks("roles_are_their_own", "AiConverseRole")

    def test_policy_of_a_queue_that_another_works_off(self):
        self.properties("WorkerJourneysRole")["ManagedPolicyArns"].append({"Fn::GetAtt": ["InboundQueue", "Outputs.WorkerPolicy"]})
        self.breaks("roles_are_their_own", "WorkerJourneysRole")

    def test_reader_of_sending_credentials(self):
        self.properties("AiConverseRole")["ManagedPolicyArns"].remove({"Ref": "SendingCredentialsApart"})
        self.breaks("sending_credentials_are_kept_apart", "AiConverseRole")

    def test_denial_of_nothing(self):
        self.properties("SendingCredentialsApart")["PolicyDocument"]["Statement"][0]["Effect"] = "Allow"
        self.breaks("sending_credentials_are_kept_apart", "SendingCredentialsApart")

    def test_wildcard_action(self):
        self.statements("ApiLeadsRole")[0]["Action"] = "dynamodb:*"
        self.breaks("statements_are_narrow", "ApiLeadsRole: action")

    def test_wildcard_resource(self):
        self.statements("ApiLeadsRole")[0]["Resource"] = "*"
        self.breaks("statements_are_narrow", "ApiLeadsRole: resource")

    def test_open_queue(self):
        self.properties("Policy", QUEUE)["PolicyDocument"]["Statement"][0]["Principal"] = "*"
        self.breaks("statements_are_narrow", "Policy: anybody")

    def test_mail_in_anybodys_name(self):
        for role in ("WorkerDeliverRole", "WorkerAccountMailRole"):
            self.setUp()
            for statement in self.statements(role):
                if "identity/*" in str(statement["Resource"]):
                    del statement["Condition"]
            self.breaks("mail_comes_from_known_senders", role)

    def test_a_list_of_everybodys_objects(self):
        for role in ("WorkerDataRightsRole", "WorkerImportsRole"):
            self.setUp()
            for wide in (None, {"StringLike": {"s3:prefix": "*"}}):
                for statement in self.statements(role):
                    if "s3:ListBucketVersions" in str(statement["Action"]):
                        statement["Condition"] = wide or {}
                self.breaks("objects_are_listed_by_tenant", role)

    def test_tracing_that_nobody_asked_for(self):
        asked = stacks(Tracing="Active")
        for name, function in of_type(asked[MAIN], "AWS::Lambda::Function").items():
            self.assertEqual(function["Properties"].get("TracingConfig"), {"Mode": {"Ref": "Tracing"}}, name)
        self.stacks = asked
        self.breaks("requests_are_traced_on_demand", "ApiLeads")

    def test_scan(self):
        self.statements("ApiLeadsRole")[0]["Action"].append("dynamodb:Scan")
        self.breaks("tables_are_never_scanned", "ApiLeadsRole")

    def test_only_who_sends_or_fetches_decrypts_for_sending(self):
        condition = {"StringEquals": {"kms:EncryptionContext:purpose": "sending"}}
        for name, resource in list(self.resources.items()):
            if resource["Type"] == "AWS::Lambda::Function" and name not in USES_SENDING:
                self.setUp()
                self.statements(f"{name}Role").append(
                    {"Effect": "Allow", "Action": "kms:Decrypt", "Resource": "key", "Condition": condition}
                )
                self.breaks("credentials_are_used_by_purpose", name)

    def test_decrypting_without_a_purpose(self):
        for statement in self.statements("WorkerDeliverRole"):
            if "kms:Decrypt" in str(statement.get("Action")):
                del statement["Condition"]
        self.breaks("credentials_are_used_by_purpose", "WorkerDeliver")

    def test_queue_without_dead_letters(self):
        del self.properties("Queue", QUEUE)["RedrivePolicy"]
        self.breaks("queues_keep_what_they_hold", "Queue: no dead-letter queue")

    def test_queue_that_forgets_early(self):
        self.properties("Dlq", QUEUE)["MessageRetentionPeriod"] = 345600
        self.breaks("queues_keep_what_they_hold", "Dlq: kept")

    def test_queue_in_the_clear(self):
        self.properties("OutboxDlq")["SqsManagedSseEnabled"] = False
        self.breaks("queues_keep_what_they_hold", "OutboxDlq: not encrypted")

    def test_fifo_with_a_standard_dead_letter_queue(self):
        del self.properties("Dlq", QUEUE)["FifoQueue"]
        self.breaks("queues_keep_what_they_hold", "Queue: its dead-letter queue")

    def test_whole_batches_fail(self):
        del self.properties("WorkerDeliverOutbound")["FunctionResponseTypes"]
        self.breaks("mappings_hand_back_single_records", "WorkerDeliverOutbound")

    def test_tenants_that_wait_for_each_other(self):
        for name in ("WorkerTenantJobsQueue", "WorkerWeatherQueue", "WorkerAggregateQueue"):
            self.properties(name)["BatchSize"] = 10
            self.breaks("mappings_hand_back_single_records", f"{name}: one slow tenant")

    def test_redelivery_while_the_function_runs(self):
        self.properties("AiConverse")["Timeout"] = 31
        self.breaks("mappings_hand_back_single_records", "AiConverseInbound")

    def test_stream_without_a_way_out(self):
        del self.properties("WorkerOutboxStream")["DestinationConfig"]
        self.breaks("mappings_hand_back_single_records", "WorkerOutboxStream")

    def test_loop_that_lambda_would_stop_and_declared_one_that_is_none(self):
        del self.properties("WorkerDataRights")["RecursiveLoop"]
        self.properties("WorkerDeliver")["RecursiveLoop"] = "Allow"
        self.breaks("loops_are_meant", "WorkerDataRights: sends")
        self.breaks("loops_are_meant", "WorkerDeliver: is no loop")

    def test_flood(self):
        del self.properties("AiConverseInbound")["ScalingConfig"]
        self.breaks("a_flood_leaves_room", "AiConverseInbound")

    def test_new_code_for_everybody_at_once(self):
        del self.resources["WebhookSmsAliaslive"]
        del self.resources["WorkerDeliverAliaslive"]
        self.properties("WorkerDeliverOutbound")["FunctionName"] = {"Ref": "WorkerDeliver"}
        self.breaks("the_main_path_changes_gradually", "WebhookSms: has no alias")
        self.breaks("the_main_path_changes_gradually", "WorkerDeliver: has no alias")

    def test_alias_that_is_gone_round(self):
        self.properties("AiConverseInbound")["FunctionName"] = {"Ref": "AiConverse"}
        body = self.properties("HttpApi")["Body"]["paths"]["/webhooks/sms"]["post"]["x-amazon-apigateway-integration"]
        body["uri"]["Fn::Sub"] = body["uri"]["Fn::Sub"].replace("${WebhookSmsAliaslive}", "${WebhookSms.Arn}")
        self.breaks("the_main_path_changes_gradually", "AiConverseInbound: calls AiConverse")
        self.breaks("the_main_path_changes_gradually", "HttpApi: calls WebhookSms")

    def test_table_that_one_call_deletes(self):
        self.properties("Table")["DeletionProtectionEnabled"] = False
        self.breaks("data_is_safe", "Table: can be deleted")

    def test_rule_and_schedule_without_dead_letters(self):
        del self.properties("Rule", QUEUE)["Targets"][0]["DeadLetterConfig"]
        del self.properties("Schedule", SCHEDULE)["Target"]["DeadLetterConfig"]
        self.breaks("targets_have_dead_letters", "Rule")
        self.breaks("targets_have_dead_letters", "Schedule")

    def test_unwatched(self):
        for alarm in ("OutboxDlqDepth", "TableWriteThrottles"):
            del self.stacks["infra/alarms.yaml"]["Resources"][alarm]
        self.properties("ScheduleSilence", "infra/alarms.yaml")["TreatMissingData"] = "notBreaching"
        del self.stacks[QUEUE]["Resources"]["DlqDepth"]
        del self.stacks[LOGS]["Resources"]["WebhooksErrors"]
        self.properties("CronFailures", LOGS)["FilterPattern"] = "ERROR"
        for unwatched in ("OutboxDlq", "Dlq", "Webhooks", "Cron", "WriteThrottleEvents", "Invocations"):
            self.breaks("everything_is_watched", f"{unwatched}:")

    def test_function_without_a_route_and_route_that_the_api_may_not_call(self):
        paths = self.properties("HttpApi")["Body"]["paths"]
        del paths["/webhooks/missed-call"]
        del paths["/webhooks/sms/status"]["post"]["x-amazon-apigateway-integration"]["credentials"]
        uri = paths["/webhooks/whatsapp"]["post"]["x-amazon-apigateway-integration"]["uri"]
        uri["Fn::Sub"] = uri["Fn::Sub"].replace("WebhookWhatsappAliaslive", "CronRetention.Arn")
        self.breaks("routes_reach_their_functions", "WebhookMissedCall: has no route")
        self.breaks("routes_reach_their_functions", "HttpApi: /webhooks/sms/status")
        self.breaks("routes_reach_their_functions", "CronRetention: has a route")

    def test_functions_that_cost_too_much(self):
        self.resources |= {f"WebhookSmsPermission{n}": self.resources["WebhookSmsRole"] for n in range(200)}
        main = self.stacks[MAIN]
        self.breaks("there_is_room_to_grow", f"template.yaml: {each(main):.2f} resources a function")
        self.breaks("there_is_room_to_grow", f"template.yaml: {planned(main)} resources with {PLANNED} functions")

    def test_gradual_deploys_are_counted(self):
        functions, fixed, growing = size(self.stacks[MAIN])
        self.assertEqual(fixed + growing, len(stacks(GradualDeploys="true")[MAIN]["Resources"]))
        self.assertEqual(planned(self.stacks[MAIN]), round(fixed + PLANNED * growing / functions))

    def test_unsafe_data(self):
        del self.properties("Table")["PointInTimeRecoverySpecification"]
        self.properties("Files")["PublicAccessBlockConfiguration"]["BlockPublicAcls"] = False
        self.resources["CredentialsKey"]["DeletionPolicy"] = "Delete"
        for name in ("Table", "Files", "CredentialsKey"):
            self.breaks("data_is_safe", name)


if __name__ == "__main__":
    unittest.main()

"""The canonical columns of an extract: what each field is, and the headings it is known by.

The names are the fields of Case, with `data_date`, which is the extract's own, and `full_name`,
which is parted into surname and forename.

Source: domain.md B1, B2; C2 (what its automatic tests look at besides).
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """One field: what its values are, and the headings it is known by."""

    name: str
    kind: str
    """text, date, int (an age in years), count, yn (yes or no) or code (a drop-down's answer)."""
    heading: str = ""
    """Annex A's wording, or our own where Annex A has none."""
    synonyms: tuple[str, ...] = ()
    required: bool = False


COLUMNS: tuple[Column, ...] = (
    Column(
        "child_id",
        "text",
        "Child Unique ID",
        (
            "Child ID",
            "LAchildID",
            "CHILD",
            "pers_person_id",
            "DIM_PERSON_ID",
            "PERSON_ID",
            "PersonID",
            "SVC_USR_REF_NO",
            "Client ID",
            "ICS ID",
            "SSD ID",
            "Case Number",
        ),
        required=True,
    ),
    Column("full_name", "text", "Client Name", ("Child Name", "Full Name", "Name of Child")),
    Column("surname", "text", "Surname", ("Last Name", "pers_surname", "Client Surname")),
    Column(
        "forename", "text", "Forename", ("Forename(s)", "Forenames", "First Name", "pers_forename")
    ),
    Column(
        "dob",
        "date",
        "Date of Birth",
        ("DOB", "PersonBirthDate", "pers_dob", "BIRTH_DTTM", "PDoB"),
    ),
    Column(
        "expected_dob",
        "date",
        "Expected Date of Birth",
        ("ExpectedPersonBirthDate", "EDD", "pers_expected_dob", "Expected Date of Delivery"),
    ),
    Column("age", "int", "Age of Child (Years)", ("Age", "Age of Child", "Age in Years")),
    Column("gender", "code", "Gender", ("Sex", "GenderCurrent", "pers_sex", "GENDER_MAIN_CODE")),
    Column(
        "ethnicity",
        "code",
        "Ethnicity",
        ("ETHNIC", "Ethnic Origin", "ETHNICITY_MAIN_CODE", "SUB_ETHNICITY"),
    ),
    Column("disability", "yn", "Does the Child have a Disability", ("Disability", "Disabled")),
    Column(
        "nhs_number",
        "text",
        "NHS Number",
        ("NHS No", "pers_common_child_id", "PNHSNumber"),
    ),
    Column("upn", "text", "UPN", ("Unique Pupil Number",)),
    Column("address", "text", "Address", ("Home Address",)),
    Column(
        "postcode",
        "text",
        "Postcode",
        ("Post Code", "Home Postcode", "HOME_POST", "addr_address_postcode"),
    ),
    Column(
        "team",
        "text",
        "Allocated Team",
        ("Team", "Current Team", "dept_team_name", "RESPONSIBLE_TEAM", "Organisation"),
        required=True,
    ),
    Column(
        "worker",
        "text",
        "Allocated Worker",
        (
            "Worker",
            "Social Worker",
            "Allocated SW",
            "Allocated Social Worker",
            "Key Worker",
            "Case Holder",
            "prof_professional_name",
            "ASSIGNEE",
        ),
        required=True,
    ),
    Column(
        "worker_id",
        "text",
        "Worker ID",
        ("prof_staff_id", "SWE Number", "SW_ID", "DIM_WORKER_ID"),
    ),
    Column(
        "phone", "text", "Phone", ("Telephone", "Phone Number", "Telephone Number", "Home Phone")
    ),
    Column(
        "address_start",
        "date",
        "Address Start Date",
        ("Address From", "Address Last Confirmed"),
    ),
    Column("gp", "text", "GP", ("GP Name", "Registered GP")),
    Column("school", "text", "School", ("School Name", "School or Nursery")),
    Column("health_visitor", "text", "Health Visitor", ("Health Visitor Name",)),
    Column(
        "parental_responsibility",
        "text",
        "Parental Responsibility",
        ("People with Parental Responsibility", "Persons with Parental Responsibility"),
    ),
    Column("emergency_contact", "text", "Emergency Contact", ("Emergency Contacts",)),
    Column("alert", "text", "Alert", ("Alerts",)),
    Column("alert_review", "date", "Alert Review Date", ("Alerts Review Date",)),
    Column("team_manager", "text", "Team Manager", ("Manager", "TM", "Practice Manager")),
    Column("supervisor", "text", "Supervisor"),
    Column(
        "open_date",
        "date",
        "CIN Start Date",
        (
            "Open Date",
            "Referral Date",
            "CINreferralDate",
            "cine_referral_date",
            "REFRL_START_DTTM",
            "Case Opened",
            "Episode Start",
        ),
        required=True,
    ),
    Column(
        "close_date",
        "date",
        "CIN Closure Date",
        ("Close Date", "CINclosureDate", "REFRL_END_DTTM", "Case Closed"),
        required=True,
    ),
    Column(
        "case_status",
        "code",
        "Case Status",
        ("Client Type", "Legal Category", "Service User Group"),
        required=True,
    ),
    Column("primary_need", "code", "Primary Need Code", ("PrimaryNeedCode", "Primary Need", "CIN")),
    Column("last_seen", "date", "Date Child Was Last Seen", ("Last Visit", "Last Seen")),
    Column("cin_plan_start", "date", "CIN Plan Start Date", ("CINPlanStartDate",)),
    Column("cin_plan_end", "date", "CIN Plan End Date", ("CINPlanEndDate",)),
    Column(
        "missing_start", "date", "Missing Episode Start Date", ("MIS_START", "Date Went Missing")
    ),
    Column("missing_end", "date", "Missing Episode End Date", ("MIS_END", "Date Missing Ended")),
    Column("referral_date", "date", "Date of Referral"),
    Column(
        "assess_start",
        "date",
        "Continuous Assessment Start Date",
        ("AssessmentActualStartDate", "Assessment Start Date"),
    ),
    Column(
        "assess_end",
        "date",
        "Continuous Assessment Date of Authorisation",
        ("AssessmentAuthorisationDate", "Date of Authorisation"),
    ),
    Column(
        "strategy_date",
        "date",
        "Strategy discussion initiating Section 47 Enquiry Start Date",
        ("S47ActualStartDate", "Strategy Discussion Date"),
    ),
    Column(
        "icpc_date",
        "date",
        "Date of Initial Child Protection Conference",
        ("DateOfInitialCPC", "ICPC Date"),
    ),
    Column(
        "cp_start",
        "date",
        "Child Protection Plan Start Date",
        ("CPPstartDate", "cppl_cp_plan_start_date", "Registration Date"),
    ),
    Column(
        "cp_end", "date", "Child Protection Plan End Date", ("CPPendDate", "cppl_cp_plan_end_date")
    ),
    Column(
        "cp_category",
        "code",
        "Latest Category of Abuse",
        ("LatestCategoryOfAbuse", "CP_CATEGORY_DESC"),
    ),
    Column("cp_last_visit", "date", "Date of the Last Statutory Visit"),
    Column("cp_seen_alone", "yn", "Was the Child Seen Alone?", ("SEEN_ALONE_FLAG",)),
    Column("cp_last_review", "date", "Date of latest review conference", ("CPPreviewDate",)),
    Column(
        "uasc",
        "yn",
        "Unaccompanied Asylum Seeking Child (UASC) within the Last 12 Months (Y/N)",
        ("UASC", "Unaccompanied Asylum Seeking Child"),
    ),
    Column("uasc_end", "date", "Date UASC Status Ceased", ("DUC", "UASC Status End Date")),
    Column(
        "care_start",
        "date",
        "Date Started to be Looked After",
        ("Date Became LAC", "POC Start", "DECOM"),
    ),
    Column("care_end", "date", "Date Ceased to be Looked After", ("DEC", "POC End")),
    Column(
        "legal_status",
        "code",
        "Child's Legal Status",
        ("Legal Status", "LS", "lega_legal_status"),
    ),
    Column(
        "legal_start",
        "date",
        "Start date of current legal status",
        ("Legal Status Start Date",),
    ),
    Column("lac_last_review", "date", "Date of Latest Statutory Review", ("REVIEW",)),
    Column("lac_last_visit", "date", "Date of Last Social Work Visit"),
    Column(
        "permanence_plan",
        "code",
        "What is the permanence plan for this child?",
        ("Permanence Plan", "Care Plan"),
    ),
    Column("iro_last_visit", "date", "Date of Last IRO Visit / Contact to the Child"),
    Column("last_health", "date", "Date of Last Health Assessment", ("HEALTH_ASSESSMENT",)),
    Column("last_dental", "date", "Date of Last Dental Check", ("TEETH_CHECK",)),
    Column("placement_start", "date", "Start Date of Most Recent Placement"),
    Column("placement_type", "code", "Placement Type", ("PLACE", "PL", "PLACEMENT_CODE")),
    Column("placement_provider", "code", "Placement Provider", ("PLACE_PROVIDER",)),
    Column("placement_postcode", "text", "Placement Postcode", ("PL_POST",)),
    Column("placement_urn", "text", "URN of Placement", ("URN",)),
    Column("placement_location", "code", "Placement Location", ("PL_LOCATION",)),
    Column("placement_la", "text", "LA of Placement", ("PL_LA",)),
    Column(
        "missing_episodes",
        "count",
        "Number of Episodes the Child has been 'Missing' from their Placement"
        " in the last 12 months",
        ("Missing Episodes",),
    ),
    Column(
        "return_interview",
        "yn",
        "Was the child offered a Return Interview after their last missing episode (Y/N)?",
        ("Return Interview Offered",),
    ),
    Column(
        "pep_date",
        "date",
        "Date of Last PEP",
        ("PEP Date", "Latest PEP Date", "Last PEP", "Date of Latest Personal Education Plan"),
    ),
    Column("in_touch", "code", "LA in Touch", ("IN_TOUCH",)),
    Column("accommodation", "code", "Type of Accommodation", ("ACCOM",)),
    Column("activity", "code", "Activity Status", ("ACTIV",)),
    Column("iro", "text", "IRO", ("Independent Reviewing Officer",)),
    Column("cp_chair", "text", "Conference Chair", ("CP Chair",)),
    Column("family_id", "text", "Family ID", ("Household ID",)),
    Column(
        "supervision_date", "date", "Last Supervision", ("Next Supervision", "Supervision Date")
    ),
    Column("audit_flag", "text", "Audit Flag", ("Flag for Audit", "Flagged for Audit")),
    Column("data_date", "date", "Data Date", ("Report Date", "Run Date", "As At", "Data As At")),
)
"""Every field an extract can hold, in the order of B1 and, for lists 3 to 9, of B2."""

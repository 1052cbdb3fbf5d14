"""Namespaces, terms and concept IRIs of the graph, as plain strings (nothing to import, nothing to parse).

Every `ip:` term here is defined in `ontology/core.ttl` and every `ipv:` concept in `ontology/vocab/`; a test
holds the two together. The IRIs do not resolve yet.
"""

from __future__ import annotations

BASE = "https://w3id.org/innopolicy/"
IP = BASE + "def/"
IPV = BASE + "vocab/"
IPS = BASE + "shapes/"
IPID = BASE + "id/"

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
XSD = "http://www.w3.org/2001/XMLSchema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
DCTERMS = "http://purl.org/dc/terms/"
ELI = "http://data.europa.eu/eli/ontology#"
ORG = "http://www.w3.org/ns/org#"
OA = "http://www.w3.org/ns/oa#"
PROV = "http://www.w3.org/ns/prov#"
QB = "http://purl.org/linked-data/cube#"
SDMX = "http://purl.org/linked-data/sdmx/2009/dimension#"
SCHEMA = "https://schema.org/"
SH = "http://www.w3.org/ns/shacl#"

#: prefix -> namespace, as declared in queries, shapes and the TriG artefact
PREFIXES: dict[str, str] = {
    "dcterms": DCTERMS,
    "eli": ELI,
    "ip": IP,
    "ipid": IPID,
    "ips": IPS,
    "ipv": IPV,
    "oa": OA,
    "org": ORG,
    "owl": OWL,
    "prov": PROV,
    "qb": QB,
    "rdf": RDF,
    "rdfs": RDFS,
    "schema": SCHEMA,
    "sdmx-dimension": SDMX,
    "sh": SH,
    "skos": SKOS,
    "xsd": XSD,
}

# classes
ADMINISTRATIVE_AREA = IP + "AdministrativeArea"
AMOUNT = IP + "Amount"
BENEFICIARY = IP + "Beneficiary"
CLAIM = IP + "Claim"
CURATOR_DECISION = IP + "CuratorDecision"
ENTERPRISE = IP + "Enterprise"
ENTERPRISE_CATEGORY = IP + "EnterpriseCategory"
FINANCIAL_INSTITUTION = IP + "FinancialInstitution"
FUNDING_SCHEME = IP + "FundingScheme"
GAP = IP + "Gap"
GOVERNMENT_ORGANISATION = IP + "GovernmentOrganisation"
INDICATOR = IP + "Indicator"
INNOVATION_ROLE = IP + "InnovationRole"
INNOVATION_STAGE = IP + "InnovationStage"
INTERMEDIARY = IP + "Intermediary"
MEASURE = IP + "Measure"
NAMING = IP + "Naming"
OBSERVATION = IP + "Observation"
ORGANISATION = IP + "Organisation"
PLATFORM = IP + "Platform"
POLICY = IP + "Policy"
RECOMMENDATION = IP + "Recommendation"
RESEARCH_INSTITUTE = IP + "ResearchInstitute"
RESOURCE_FLOW = IP + "ResourceFlow"
SOURCE_DOCUMENT = IP + "SourceDocument"
TALENT_PROGRAMME = IP + "TalentProgramme"
UNIVERSITY = IP + "University"
WITHDRAWN_CLAIM = IP + "WithdrawnClaim"

# properties of policies, measures and recommendations
APPLIES_IN = IP + "appliesIn"
HAS_AMOUNT = IP + "hasAmount"
HAS_ASSERTION = IP + "hasAssertion"
HAS_BENEFICIARY = IP + "hasBeneficiary"
HAS_CATEGORY = IP + "hasCategory"
HAS_CONDITION = IP + "hasCondition"
HAS_DOCUMENT_KIND = IP + "hasDocumentKind"
HAS_RESPONSIBLE_BODY = IP + "hasResponsibleBody"
IS_DELIVERED_THROUGH = IP + "isDeliveredThrough"
IS_PROVIDED_BY = IP + "isProvidedBy"
PROVIDES_RESOURCE = IP + "providesResource"
USES_INSTRUMENT = IP + "usesInstrument"
VALID_FROM = IP + "validFrom"
VALID_UNTIL = IP + "validUntil"

# properties of amounts and observations
APPLIES_TO_ITEM = IP + "appliesToItem"
HAS_AMOUNT_ROLE = IP + "hasAmountRole"
HAS_BASIS = IP + "hasBasis"
HAS_BOUND = IP + "hasBound"
HAS_RANK = IP + "hasRank"
HAS_RANK_OF = IP + "hasRankOf"
HAS_UNIT = IP + "hasUnit"
HAS_UPPER_VALUE = IP + "hasUpperValue"
HAS_VALUE = IP + "hasValue"
IS_CHANGE = IP + "isChange"
IS_COMPARED_TO = IP + "isComparedTo"
IS_PER = IP + "isPer"
OBSERVES_INDICATOR = IP + "observesIndicator"

# properties of gaps and of things
COOPERATES_WITH = IP + "cooperatesWith"
HAS_LEVEL = IP + "hasLevel"
HAS_LINK_REASON = IP + "hasLinkReason"
HAS_NEXT_TIER = IP + "hasNextTier"
HAS_REASON_KIND = IP + "hasReasonKind"
HAS_TOPIC = IP + "hasTopic"
IS_HOSTED_BY = IP + "isHostedBy"
IS_LED_BY = IP + "isLedBy"
IS_LOCATED_IN = IP + "isLocatedIn"
IS_MENTIONED_IN = IP + "isMentionedIn"
IS_PART_OF = IP + "isPartOf"
IS_SUCCEEDED_BY = IP + "isSucceededBy"
NAMES_THING = IP + "namesThing"
RUNS = IP + "runs"

# properties of flows
CARRIES_RESOURCE = IP + "carriesResource"
FLOWS_FROM = IP + "flowsFrom"
FLOWS_TO = IP + "flowsTo"
IS_PROMISED_BY = IP + "isPromisedBy"
IS_REPORTED_BY = IP + "isReportedBy"

# derived beside flows
HAS_HIGHER_TIER = IP + "hasHigherTier"
IN_FORCE_FROM = IP + "inForceFrom"
IN_FORCE_UNTIL = IP + "inForceUntil"
IS_WITHIN = IP + "isWithin"

# the curator's ledger
CONCERNS = IP + "concerns"
HAS_DECISION = IP + "hasDecision"
HAS_DECISION_REASON = IP + "hasDecisionReason"
HAS_STATUS = IP + "hasStatus"
IS_DECIDED_BY = IP + "isDecidedBy"

# evidence
HAS_CHECKSUM = IP + "hasChecksum"
HAS_CLAIM_TYPE = IP + "hasClaimType"
HAS_LOCATOR = IP + "hasLocator"
HAS_PAGE = IP + "hasPage"
RESTATES_TEXT = IP + "restatesText"
RESTATES_TEXT_DATED = IP + "restatesTextDated"
HAS_RULE = IP + "hasRule"
IS_EVIDENCED_BY = IP + "isEvidencedBy"
IS_STATED_IN = IP + "isStatedIn"

# the innovation chain: used in ontology/vocab/innovation-chain.ttl and in queries
ACTS_IN = IP + "actsIn"
IS_PLAYED_BY = IP + "isPlayedBy"
LEADS_TO = IP + "leadsTo"
MOVES_RESOURCE = IP + "movesResource"

# terms of others
TYPE = RDF + "type"
LABEL = RDFS + "label"
ALT_LABEL = SKOS + "altLabel"
NOTATION = SKOS + "notation"
TITLE = DCTERMS + "title"
#: another title of a policy, as of the notice that issues it; what it is called is an ALT_LABEL
ALTERNATIVE = DCTERMS + "alternative"
CREATOR = DCTERMS + "creator"
ISSUED = DCTERMS + "issued"
PUBLISHER = DCTERMS + "publisher"
LICENSE = DCTERMS + "license"
IDENTIFIER = DCTERMS + "identifier"
ELI_NUMBER = ELI + "number"
ELI_DATE_DOCUMENT = ELI + "date_document"
ELI_PASSED_BY = ELI + "passed_by"
ELI_JURISDICTION = ELI + "jurisdiction"
REF_AREA = SDMX + "refArea"
REF_PERIOD = SDMX + "refPeriod"
PROV_WAS_REVISION_OF = PROV + "wasRevisionOf"
OA_HAS_SELECTOR = OA + "hasSelector"
OA_TEXT_POSITION = OA + "TextPositionSelector"
OA_TEXT_QUOTE = OA + "TextQuoteSelector"
OA_START = OA + "start"
OA_END = OA + "end"
OA_EXACT = OA + "exact"
OA_PREFIX = OA + "prefix"
OA_SUFFIX = OA + "suffix"

#: claim value -> property, for links between policies
POLICY_LINKS: dict[str, str] = {
    name: ELI + name for name in ("based_on", "implements", "cites", "amends", "repeals")
}
#: claim value -> property, for relations between things
RELATIONS: dict[str, str] = {
    "runs": RUNS,
    "located_in": IS_LOCATED_IN,
    "part_of": IS_PART_OF,
    "led_by": IS_LED_BY,
    "hosted_by": IS_HOSTED_BY,
    "cooperates_with": COOPERATES_WITH,
    "next_tier": HAS_NEXT_TIER,
}
#: class name of an entity claim -> class
ENTITY_CLASSES: dict[str, str] = {
    "Platform": PLATFORM,
    "TalentProgramme": TALENT_PROGRAMME,
    "FundingScheme": FUNDING_SCHEME,
    "EnterpriseCategory": ENTERPRISE_CATEGORY,
    "Organisation": ORGANISATION,
}

#: 文种 as written -> local name of its concept in ontology/vocab/document-kind.ttl
DOCUMENT_KINDS: dict[str, str] = {
    "法": "law",
    "条例": "regulations",
    "规定": "provisions",
    "办法": "administrative-measures",
    "细则": "detailed-rules",
    "规则": "rules",
    "决议": "resolution",
    "决定": "decision",
    "命令": "order",
    "令": "order",
    "公报": "communique",
    "公告": "announcement",
    "通告": "public-notice",
    "意见": "opinions",
    "通知": "notice",
    "通报": "circular",
    "报告": "report",
    "请示": "request",
    "批复": "reply",
    "议案": "motion",
    "函": "letter",
    "纪要": "minutes",
    "纲要": "outline",
    "规划": "development-plan",
    "计划": "programme",
    "方案": "scheme",
    "措施": "policy-measures",
    "政策": "policies",
    "指引": "guidelines",
    "指南": "guide",
    "目录": "catalogue",
    "清单": "list",
}


def concept(scheme: str, name: str) -> str:
    """IRI of a concept, `concept("resource", "funding")` → `…/vocab/resource/funding`.

    Claim values are written with underscores in places (`in_force`) and stand in the IRI as they are.
    """
    return f"{IPV}{scheme}/{name}"


def document_kind(written: str) -> str:
    """Concept of a 文种 as written (若干措施, 实施意见, 行动计划 …): the longest known ending decides."""
    for width in range(min(3, len(written)), 0, -1):
        if written[-width:] in DOCUMENT_KINDS:
            return concept("document-kind", DOCUMENT_KINDS[written[-width:]])
    return concept("document-kind", "other")

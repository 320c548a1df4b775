// SPDX-License-Identifier: Apache-2.0
package org.mercat.ns;

import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;

/**
 * The terms of the core vocabulary, {@code vocabularies/core.ttl}. A constant has the local name of its term; where
 * that is a reserved word of Java, an underscore follows.
 */
public final class MC {
    /** The namespace, ending in {@code #}. */
    public static final String NS = "https://w3id.org/mercat/core#";

    // offerings and demands
    public static final Node Offering = term("Offering");
    public static final Node Demand = term("Demand");
    public static final Node Withdrawn = term("Withdrawn");
    public static final Node Kind = term("Kind");
    public static final Node Segment = term("Segment");
    public static final Node kind = term("kind");
    public static final Node segment = term("segment");
    public static final Node activeUntil = term("activeUntil");
    public static final Node accessList = term("accessList");
    public static final Node restricted = term("restricted");
    public static final Node revision = term("revision");

    // parties
    public static final Node Provider = term("Provider");
    public static final Node Consumer = term("Consumer");
    public static final Node organization = term("organization");

    // inputs and outputs
    public static final Node DataElement = term("DataElement");
    public static final Node SemanticType = term("SemanticType");
    public static final Node ValueType = term("ValueType");
    public static final Node ParameterLocation = term("ParameterLocation");
    public static final Node input = term("input");
    public static final Node output = term("output");
    public static final Node member = term("member");
    public static final Node name = term("name");
    public static final Node semanticType = term("semanticType");
    public static final Node valueType = term("valueType");
    public static final Node unit = term("unit");
    public static final Node required = term("required");
    public static final Node location = term("location");
    public static final Node minimum = term("minimum");
    public static final Node maximum = term("maximum");

    // value types
    public static final Node number = term("number");
    public static final Node integer = term("integer");
    public static final Node text = term("text");
    public static final Node boolean_ = term("boolean");
    public static final Node datetime = term("datetime");
    public static final Node object = term("object");
    public static final Node array = term("array");

    // places of an input in the request
    public static final Node query = term("query");
    public static final Node path = term("path");
    public static final Node body = term("body");
    public static final Node header = term("header");

    // endpoints
    public static final Node Endpoint = term("Endpoint");
    public static final Node Protocol = term("Protocol");
    public static final Node AccessInterface = term("AccessInterface");
    public static final Node endpoint = term("endpoint");
    public static final Node protocol = term("protocol");
    public static final Node accessInterface = term("accessInterface");
    public static final Node HTTP_GET = term("HTTP_GET");
    public static final Node HTTP_POST = term("HTTP_POST");
    public static final Node HTTP_PUT = term("HTTP_PUT");
    public static final Node WEBSOCKET = term("WEBSOCKET");
    public static final Node MQTT = term("MQTT");
    public static final Node COAP = term("COAP");
    public static final Node AMQP = term("AMQP");
    public static final Node BIGIOT_LIB = term("BIGIOT_LIB");
    public static final Node EXTERNAL = term("EXTERNAL");

    // prices
    public static final Node Tariff = term("Tariff");
    public static final Node PricingModel = term("PricingModel");
    public static final Node price = term("price");
    public static final Node pricingModel = term("pricingModel");
    public static final Node freeQuota = term("freeQuota");
    public static final Node FREE = term("FREE");
    public static final Node PER_ACCESS = term("PER_ACCESS");
    public static final Node PER_MESSAGE = term("PER_MESSAGE");
    public static final Node PER_RECORD = term("PER_RECORD");
    public static final Node PER_BYTE = term("PER_BYTE");
    public static final Node PER_UNIT = term("PER_UNIT");
    public static final Node PER_DAY = term("PER_DAY");
    public static final Node PER_MONTH = term("PER_MONTH");
    public static final Node ONE_OFF = term("ONE_OFF");

    // kinds of offering
    public static final Node information = term("information");
    public static final Node function = term("function");

    // tariffs
    public static final Node Tier = term("Tier");
    public static final Node Tiering = term("Tiering");
    public static final Node tier = term("tier");
    public static final Node upTo = term("upTo");
    public static final Node tiering = term("tiering");
    public static final Node graduated = term("graduated");
    public static final Node volume = term("volume");
    public static final Node minimumCharge = term("minimumCharge");
    public static final Node maximumCharge = term("maximumCharge");
    public static final Node meter = term("meter");
    public static final Node alsoMetered = term("alsoMetered");
    public static final Node trialDays = term("trialDays");

    // licences
    public static final Node Licence = term("Licence");

    // proposals
    public static final Node Proposal = term("Proposal");
    public static final Node ProposalStatus = term("ProposalStatus");
    public static final Node ProposalStep = term("ProposalStep");
    public static final Node vocabulary = term("vocabulary");
    public static final Node localName = term("localName");
    public static final Node rationale = term("rationale");
    public static final Node deprecates = term("deprecates");
    public static final Node replacement = term("replacement");
    public static final Node status = term("status");
    public static final Node commentsUntil = term("commentsUntil");
    public static final Node step = term("step");
    public static final Node steward = term("steward");

    // statuses of a proposal
    public static final Node open = term("open");
    public static final Node changesRequested = term("changesRequested");
    public static final Node accepted = term("accepted");
    public static final Node rejected = term("rejected");
    public static final Node withdrawn = term("withdrawn");

    // steps of a proposal
    public static final Node propose = term("propose");
    public static final Node comment = term("comment");
    public static final Node requestChanges = term("requestChanges");
    public static final Node revise = term("revise");
    public static final Node accept = term("accept");
    public static final Node reject = term("reject");
    public static final Node withdraw = term("withdraw");

    // contracts
    public static final Node Contract = term("Contract");
    public static final Node ContractStatus = term("ContractStatus");
    public static final Node ContractStep = term("ContractStep");
    public static final Node offering = term("offering");
    public static final Node tariff = term("tariff");
    public static final Node formerTariff = term("formerTariff");
    public static final Node announcedTariff = term("announcedTariff");
    public static final Node signed = term("signed");
    public static final Node Conditions = term("Conditions");
    public static final Node accepts = term("accepts");

    // statuses of a contract
    public static final Node proposed = term("proposed");
    public static final Node active = term("active");
    public static final Node suspended = term("suspended");
    public static final Node ended = term("ended");

    // steps of a contract
    public static final Node subscribe = term("subscribe");
    public static final Node offer = term("offer");
    public static final Node sign = term("sign");
    public static final Node decline = term("decline");
    public static final Node announce = term("announce");
    public static final Node change = term("change");
    public static final Node suspend = term("suspend");
    public static final Node resume = term("resume");
    public static final Node end = term("end");

    // billing
    public static final Node FeePlan = term("FeePlan");
    public static final Node ValueDistribution = term("ValueDistribution");
    public static final Node Share = term("Share");
    public static final Node TaxRule = term("TaxRule");
    public static final Node Promotion = term("Promotion");
    public static final Node BillingRun = term("BillingRun");
    public static final Node Invoice = term("Invoice");
    public static final Node Settlement = term("Settlement");
    public static final Node CreditNote = term("CreditNote");
    public static final Node BillingLine = term("BillingLine");
    public static final Node Posting = term("Posting");
    public static final Node BillingStatus = term("BillingStatus");
    public static final Node BillingStep = term("BillingStep");
    public static final Node month = term("month");
    public static final Node firstMonth = term("firstMonth");
    public static final Node firstDay = term("firstDay");
    public static final Node lastDay = term("lastDay");
    public static final Node usedIn = term("usedIn");
    public static final Node issuer = term("issuer");
    public static final Node recipient = term("recipient");
    public static final Node line = term("line");
    public static final Node lineNumber = term("lineNumber");
    public static final Node contract = term("contract");
    public static final Node lineKind = term("lineKind");
    public static final Node metric = term("metric");
    public static final Node quantity = term("quantity");
    public static final Node unitPrice = term("unitPrice");
    public static final Node amount = term("amount");
    public static final Node taxRate = term("taxRate");
    public static final Node taxNote = term("taxNote");
    public static final Node taxAmount = term("taxAmount");
    public static final Node netAmount = term("netAmount");
    public static final Node totalAmount = term("totalAmount");
    public static final Node grossAmount = term("grossAmount");
    public static final Node feeAmount = term("feeAmount");
    public static final Node payout = term("payout");
    public static final Node otherParty = term("otherParty");
    public static final Node percentage = term("percentage");
    public static final Node entryFee = term("entryFee");
    public static final Node listingFee = term("listingFee");
    public static final Node supportFee = term("supportFee");
    public static final Node callFee = term("callFee");
    public static final Node promotionFee = term("promotionFee");
    public static final Node waiverMonths = term("waiverMonths");
    public static final Node share = term("share");
    public static final Node percent = term("percent");
    public static final Node posting = term("posting");
    public static final Node account = term("account");
    public static final Node counted = term("counted");
    public static final Node billingRun = term("billingRun");
    public static final Node invoice = term("invoice");
    public static final Node credits = term("credits");
    public static final Node creditedAmount = term("creditedAmount");
    public static final Node UsageEvent = term("UsageEvent");
    public static final Node UsageTotal = term("UsageTotal");
    public static final Node usage = term("usage");
    public static final Node measured = term("measured");
    public static final Node side = term("side");

    // statuses and steps of billing
    public static final Node draft = term("draft");
    public static final Node issuing = term("issuing");
    public static final Node issued = term("issued");
    public static final Node paid = term("paid");
    public static final Node voided = term("voided");
    public static final Node prepare = term("prepare");
    public static final Node issue = term("issue");
    public static final Node pay = term("pay");
    public static final Node credit = term("credit");

    // disputes
    public static final Node Dispute = term("Dispute");
    public static final Node DisputeStatus = term("DisputeStatus");
    public static final Node DisputeStep = term("DisputeStep");
    public static final Node disputed = term("disputed");
    public static final Node openedBy = term("openedBy");
    public static final Node answerUntil = term("answerUntil");
    public static final Node awardedAmount = term("awardedAmount");
    public static final Node creditNote = term("creditNote");
    public static final Node adjusts = term("adjusts");
    public static final Node awardedCurrency = term("awardedCurrency");
    public static final Node evidence = term("evidence");
    public static final Node answered = term("answered");
    public static final Node escalated = term("escalated");
    public static final Node awarded = term("awarded");
    public static final Node dispute = term("dispute");
    public static final Node answer = term("answer");
    public static final Node escalate = term("escalate");
    public static final Node award = term("award");

    // search: degrees of match
    public static final Node Degree = term("Degree");
    public static final Node exact = term("exact");
    public static final Node plugin = term("plugin");
    public static final Node subsumes = term("subsumes");
    public static final Node overlap = term("overlap");
    public static final Node fail = term("fail");

    // demands
    public static final Node criteria = term("criteria");
    public static final Node webhook = term("webhook");

    // search: criteria
    public static final Node search = term("search");
    public static final Node category = term("category");
    public static final Node within = term("within");
    public static final Node near = term("near");
    public static final Node radius = term("radius");
    public static final Node place = term("place");
    public static final Node from = term("from");
    public static final Node until = term("until");
    public static final Node maxPrice = term("maxPrice");
    public static final Node currency = term("currency");
    public static final Node licence = term("licence");
    public static final Node permission = term("permission");
    public static final Node provider = term("provider");
    public static final Node modifiedSince = term("modifiedSince");
    public static final Node degree = term("degree");
    public static final Node sort = term("sort");
    public static final Node limit = term("limit");
    public static final Node cursor = term("cursor");

    private MC() {}

    private static Node term(String localName) {
        return NodeFactory.createURI(NS + localName);
    }
}

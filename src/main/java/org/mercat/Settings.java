// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import picocli.CommandLine.Option;

/** The options that most commands share; each can be an environment variable instead. */
final class Settings {
    @Option(
            names = "--home",
            paramLabel = "DIR",
            defaultValue = "${env:MERCAT_HOME}",
            description = "Folder with vocabularies, shapes and queries, to edit them and see the effect."
                    + " Default: the copies packed with the program. Environment: MERCAT_HOME.")
    String home;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "${env:MERCAT_DATA}",
            description = "Folder of the databases, created if missing. Default: ./data. Environment: MERCAT_DATA.")
    String data;

    @Option(
            names = "--base-iri",
            paramLabel = "IRI",
            defaultValue = "${env:MERCAT_BASE_IRI}",
            description = "The address that people reach the catalogue at, ending in a slash; every IRI starts with it,"
                    + " so it must not change later. Default: http://localhost:PORT/. Environment: MERCAT_BASE_IRI.")
    String baseIri;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "${env:MERCAT_PORT}",
            description = "Port to listen on, 0 for any free one. Default: 8080. Environment: MERCAT_PORT.")
    String port;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            defaultValue = "${env:MERCAT_HOST}",
            description = "Address to listen on. Default: all (0.0.0.0), with --demo only this machine (127.0.0.1)."
                    + " Environment: MERCAT_HOST.")
    String host;

    @Option(
            names = "--demo",
            defaultValue = "${env:MERCAT_DEMO:-false}",
            description = "Load the demonstration offerings, and give the operator a secret that everybody knows."
                    + " Environment: MERCAT_DEMO=true.")
    boolean demo;

    @Option(
            names = "--sparql-time-limit",
            paramLabel = "SECONDS",
            defaultValue = "${env:MERCAT_SPARQL_TIME_LIMIT}",
            description =
                    "A SPARQL query that takes longer is stopped. Default: 30. Environment: MERCAT_SPARQL_TIME_LIMIT.")
    String sparqlTimeLimit;

    @Option(
            names = "--allow-private-webhooks",
            defaultValue = "${env:MERCAT_ALLOW_PRIVATE_WEBHOOKS:-false}",
            description = "Send events of demands to addresses of this machine and of private networks, too; without it"
                    + " they are refused. Environment: MERCAT_ALLOW_PRIVATE_WEBHOOKS=true.")
    boolean allowPrivateWebhooks;

    @Option(
            names = "--comment-period",
            paramLabel = "DAYS",
            defaultValue = "${env:MERCAT_COMMENT_PERIOD}",
            description = "So long comments on a proposal are awaited before it is accepted. Default: 14."
                    + " Environment: MERCAT_COMMENT_PERIOD.")
    String commentPeriod;

    @Option(
            names = "--dumps",
            paramLabel = "N",
            defaultValue = "${env:MERCAT_DUMPS}",
            description = "So many dumps stay to be taken and cited; of older ones only what they were is told."
                    + " Default: 4. Environment: MERCAT_DUMPS.")
    String dumps;

    @Option(
            names = "--dump-interval",
            paramLabel = "HOURS",
            defaultValue = "${env:MERCAT_DUMP_INTERVAL}",
            description = "After that time a new dump is made, if something was written; 0 for none but those that the"
                    + " operator asks for. Default: 24. Environment: MERCAT_DUMP_INTERVAL.")
    String dumpInterval;

    @Option(
            names = "--data-licence",
            paramLabel = "IRI",
            defaultValue = "${env:MERCAT_DATA_LICENCE}",
            description = "Licence of the catalogue's data, stated with them. Default: none is stated."
                    + " Environment: MERCAT_DATA_LICENCE.")
    String dataLicence;

    /** Checks them all. The operator's secret comes from the environment alone: command lines are seen by everybody. */
    Config config() {
        String secret = System.getenv("MERCAT_OPERATOR_SECRET");
        return Config.of(new Config.Words(
                home,
                data,
                host,
                port,
                baseIri,
                demo,
                secret,
                sparqlTimeLimit,
                allowPrivateWebhooks,
                commentPeriod,
                new Config.DumpWords(dumps, dumpInterval, dataLicence)));
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import picocli.CommandLine.Mixin;
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

    @Mixin
    SparqlSettings sparql = new SparqlSettings();

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

    @Mixin
    DumpSettings dumps = new DumpSettings();

    /** Checks them all. The operator's secret comes from the environment alone: command lines are seen by everybody. */
    Config config() {
        String secret = System.getenv("MERCAT_OPERATOR_SECRET");
        return Config.of(new Config.Words(
                home, data, host, port, baseIri, demo, secret, sparql, allowPrivateWebhooks, commentPeriod, dumps));
    }
}

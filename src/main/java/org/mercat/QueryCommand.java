// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.jena.query.Query;
import org.apache.jena.query.QueryException;
import org.mercat.rdf.Home;
import org.mercat.rdf.JsonContext;
import org.mercat.rdf.Queries;
import org.mercat.rdf.QueryFile;
import org.mercat.sparql.LibraryQuery;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "query",
        description = {
            "Asks a query of the library, or one in a file of yours.",
            "On a data folder that no server has open, or with --url on a catalogue that",
            "runs, where the limits of its /sparql apply.",
            "",
            "  mercat query statistics/offerings-by-category",
            "  mercat query mine.rq --param days=7 --format csv",
            "  mercat query search/near --url http://localhost:8080/ --limit 10",
            "",
            "A file may say its parameters as those of the library do: \"#+ param: ?days",
            "integer 7\". Exit code 1: the query was refused, stopped or not answered;",
            "2: a file, a parameter or an option is wrong.",
            ""
        },
        mixinStandardHelpOptions = true)
final class QueryCommand implements Callable<Integer> {
    @Parameters(
            arity = "0..1",
            paramLabel = "FILE|NAME",
            description = "A file, or else the name of a query of the library. Left out, the library is listed.")
    private String query;

    @Option(
            names = "--param",
            paramLabel = "NAME=VALUE",
            description = "Value of a parameter. Those left out take their default.")
    private Map<String, String> values = new LinkedHashMap<>();

    @Option(names = "--url", paramLabel = "URL", description = "Ask the catalogue at this address.")
    private String url;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "${env:MERCAT_DATA}",
            description = "Folder of the databases. Default: ./data. Environment: MERCAT_DATA.")
    private String data;

    @Option(
            names = "--home",
            paramLabel = "DIR",
            defaultValue = "${env:MERCAT_HOME}",
            description = "Folder with vocabularies, shapes and queries. Default: the packed copies."
                    + " Environment: MERCAT_HOME.")
    private String home;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "Of rows table, csv, tsv, json or xml; of a graph ttl, nt or jsonld. Default: table, ttl.")
    private String format;

    @Option(names = "--limit", paramLabel = "N", description = "At most so many rows. Default: all.")
    private Integer limit;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (limit != null && limit < 1) {
            throw new IllegalArgumentException("--limit is " + limit + ": write how many rows, from 1.");
        }
        Config config = Config.of(new Config.Words(home, data, null, null, null, false, null, null, false, null));
        PrintWriter out = spec.commandLine().getOut();
        try {
            if (query == null) {
                list(new Home(config.home()), out);
            } else if (url == null) {
                askHere(config, out);
            } else {
                askThere(new RemoteQueries(url), config, out);
            }
            return ExitCode.OK;
        } catch (RemoteQueries.Refused | QueryException e) {
            spec.commandLine()
                    .getErr()
                    .println(spec.commandLine().getColorScheme().errorText(e.getMessage()));
            return ExitCode.SOFTWARE;
        }
    }

    private void askHere(Config config, PrintWriter out) {
        Home files = new Home(config.home());
        QueryFile file = isFile() ? read(Path.of(query)) : named(files);
        Map<String, String> prefixes = prefixes(files, config);
        Query bound = LibraryQuery.of(file, values, prefixes, Optional.ofNullable(limit));
        QueryFormat chosen = QueryFormat.of(format, bound);
        if (!Files.isDirectory(config.data().resolve("catalogue"))) {
            throw new IllegalArgumentException(
                    "There is no catalogue in " + config.data().toAbsolutePath()
                            + ": give its folder with --data, or the address of one that runs with --url.");
        }
        OfflineCatalogue.query(config, bound, execution -> chosen.write(execution, out, known(bound, prefixes)));
    }

    private void askThere(RemoteQueries remote, Config config, PrintWriter out) {
        Map<String, String> prefixes = prefixes(new Home(config.home()), config);
        QueryFile file = isFile() ? read(Path.of(query)) : parse(query, remote.query(query, values));
        Query bound = LibraryQuery.of(file, isFile() ? values : Map.of(), prefixes, Optional.ofNullable(limit));
        remote.ask(bound, QueryFormat.of(format, bound), out, known(bound, prefixes));
    }

    private boolean isFile() {
        return query.endsWith(".rq") || Files.isRegularFile(Path.of(query));
    }

    private static QueryFile read(Path path) {
        try {
            return parse(path.toString(), Files.readString(path));
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException(path + " is not there.", e);
        } catch (IOException e) {
            throw new IllegalArgumentException(path + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static QueryFile parse(String name, String text) {
        try {
            return Queries.parse(Map.of(name, text)).query(name.replaceFirst("\\.rq$", ""));
        } catch (QueryFile.Misunderstood e) {
            throw new IllegalArgumentException(
                    name + (e.line() > 0 ? ", line " + e.line() : "") + ": " + e.reason(), e);
        }
    }

    private QueryFile named(Home files) {
        return library(files)
                .published(query)
                .orElseThrow(() -> new IllegalArgumentException("There is no file \"" + query
                        + "\", and no query of that name in the library: \"mercat query\" alone lists it."));
    }

    private static Queries library(Home files) {
        return Queries.read(files.files("queries", ".rq"));
    }

    private void list(Home files, PrintWriter out) {
        List<QueryFile> all = library(files).published();
        int width = all.stream().mapToInt(file -> file.name().length()).max().orElse(0);
        all.forEach(
                file -> out.println(file.name() + " ".repeat(width - file.name().length() + 2) + file.summary()));
        out.flush();
    }

    private static Map<String, String> prefixes(Home files, Config config) {
        return JsonContext.load(files.file("vocabularies", "context.jsonld"), config.baseIri())
                .prefixes();
    }

    /** Those of the query first. */
    private static Map<String, String> known(Query query, Map<String, String> prefixes) {
        Map<String, String> known = new LinkedHashMap<>(query.getPrefixMapping().getNsPrefixMap());
        prefixes.forEach(known::putIfAbsent);
        return known;
    }
}

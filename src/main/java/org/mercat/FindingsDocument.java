// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.mercat.vocabulary.Finding;
import org.mercat.vocabulary.VocabularyCheck.RuleDescription;

/** Findings for programs: as plain JSON, and as SARIF for code review tools. */
final class FindingsDocument {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final String SARIF = "https://json.schemastore.org/sarif-2.1.0.json";

    private FindingsDocument() {}

    /** {@code {"files": 2, "findings": [{"severity", "rule", "file", "line", "column", "term", "message"}]}}. */
    static String json(List<Finding> findings, int files) {
        return written(members(
                "files",
                files,
                "findings",
                findings.stream().map(FindingsDocument::finding).toList()));
    }

    private static Map<String, Object> finding(Finding finding) {
        return members(
                "severity", finding.severity().word(),
                "rule", finding.rule(),
                "file", finding.file(),
                "line", finding.line(),
                "column", finding.column(),
                "term", finding.term(),
                "message", finding.message());
    }

    /**
     * A log of one run.
     *
     * @param rules those that have a description; the others that found something are named only
     * @see <a href="https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html">SARIF 2.1.0</a>
     */
    static String sarif(List<Finding> findings, List<RuleDescription> rules) {
        Map<String, Object> described = new TreeMap<>();
        findings.forEach(finding -> described.put(finding.rule(), members("id", finding.rule())));
        rules.forEach(rule -> described.put(rule.name(), rule(rule)));
        Map<String, Object> driver = members("name", "mercat check", "rules", described.values());
        Map<String, Object> run = members(
                "tool", members("driver", driver),
                "columnKind", "utf16CodeUnits",
                "results", findings.stream().map(FindingsDocument::result).toList());
        return written(members("$schema", SARIF, "version", "2.1.0", "runs", List.of(run)));
    }

    private static Map<String, Object> rule(RuleDescription rule) {
        return members(
                "id", rule.name(),
                "shortDescription", members("text", rule.summary()),
                "defaultConfiguration", members("level", rule.severity().word()));
    }

    private static Map<String, Object> result(Finding finding) {
        Map<String, Object> location = members("artifactLocation", members("uri", uri(finding.file())));
        if (finding.line() > 0) { // a region must not begin at line 0
            location.put("region", members("startLine", finding.line(), "startColumn", finding.column()));
        }
        return members(
                "ruleId", finding.rule(),
                "level", finding.severity().word(),
                "message", members("text", finding.message()),
                "locations", List.of(members("physicalLocation", location)));
    }

    /** An object of JSON: names and values by turns, in this order. */
    private static Map<String, Object> members(Object... namesAndValues) {
        Map<String, Object> members = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            members.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return members;
    }

    /** A relative path stays relative, which is to where the check was run: the root of a repository. */
    private static String uri(String file) {
        try {
            Path path = Path.of(file);
            if (path.isAbsolute()) {
                return path.toUri().toString();
            }
            URI here = Path.of("").toUri();
            return here.relativize(path.normalize().toUri()).toString();
        } catch (InvalidPathException e) {
            return file;
        }
    }

    private static String written(Object document) {
        try {
            return JSON.writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Findings are texts and numbers, which JSON can always say", e);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.mercat.vocabulary;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How bad a finding is, the worst first. The words are those of SARIF's levels. */
public enum Severity {
    /** It is wrong. */
    ERROR,
    /** It should be better, or be said why it is so. */
    WARNING,
    /** Worth knowing. */
    NOTE;

    /** In small letters, as headers, options and documents write it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException naming the words there are */
    public static Severity of(String word) {
        return Arrays.stream(values())
                .filter(severity -> severity.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("\"" + word + "\" is no severity: write "
                        + Arrays.stream(values()).map(Severity::word).collect(Collectors.joining(", "))));
    }
}

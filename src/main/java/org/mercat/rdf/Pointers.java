// SPDX-License-Identifier: Apache-2.0
package org.mercat.rdf;

/** JSON pointers (RFC 6901) as text. */
final class Pointers {
    private Pointers() {}

    static String append(String pointer, String member) {
        boolean plain = member.indexOf('~') < 0 && member.indexOf('/') < 0;
        return pointer + "/" + (plain ? member : member.replace("~", "~0").replace("/", "~1"));
    }

    /** Orders texts so that numbers in them count as numbers: {@code /inputs/2} is before {@code /inputs/10}. */
    static int compare(String a, String b) {
        int i = 0;
        int j = 0;
        while (i < a.length() && j < b.length()) {
            int endA = endOfNumber(a, i);
            int endB = endOfNumber(b, j);
            if (endA == i || endB == j) {
                if (a.charAt(i) != b.charAt(j)) {
                    return Character.compare(a.charAt(i), b.charAt(j));
                }
                i++;
                j++;
            } else {
                int order = compareNumbers(a.substring(i, endA), b.substring(j, endB));
                if (order != 0) {
                    return order;
                }
                i = endA;
                j = endB;
            }
        }
        return Integer.compare(a.length() - i, b.length() - j);
    }

    private static int compareNumbers(String a, String b) {
        return a.length() != b.length() ? Integer.compare(a.length(), b.length()) : a.compareTo(b);
    }

    private static int endOfNumber(String text, int start) {
        int end = start;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        return end;
    }
}

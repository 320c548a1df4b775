// SPDX-License-Identifier: Apache-2.0
package org.mercat.vocabulary;

import java.util.Comparator;
import java.util.regex.Pattern;

/** Orders versions as their authors count: 1.10 comes after 1.9, and 2.0-draft before 2.0. */
final class VersionOrder implements Comparator<String> {
    private static final Pattern BORDER = Pattern.compile("[.+_-]|(?<=\\d)(?=\\D)|(?<=\\D)(?=\\d)");

    @Override
    public int compare(String one, String other) {
        String[] ones = BORDER.split(one);
        String[] others = BORDER.split(other);
        for (int i = 0; i < Math.max(ones.length, others.length); i++) {
            int order = part(i < ones.length ? ones[i] : "", i < others.length ? others[i] : "");
            if (order != 0) {
                return order;
            }
        }
        return one.compareTo(other);
    }

    /** A word comes before nothing, nothing before a number. */
    private static int part(String one, String other) {
        int order = Integer.compare(rank(one), rank(other));
        if (order != 0 || rank(one) < 2) {
            return order != 0 ? order : one.compareTo(other);
        }
        String number = one.replaceFirst("^0+(?=.)", "");
        String second = other.replaceFirst("^0+(?=.)", "");
        int byLength = Integer.compare(number.length(), second.length());
        return byLength != 0 ? byLength : number.compareTo(second);
    }

    private static int rank(String part) {
        return part.isEmpty() ? 1 : Character.isDigit(part.charAt(0)) ? 2 : 0;
    }
}

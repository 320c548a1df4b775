// SPDX-License-Identifier: Apache-2.0
package org.mercat.bench;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Titles and descriptions, out of the templates in {@code generator/phrases.txt} and names that nobody has. */
final class Phrases {
    private static final Map<String, String> STREETS = Map.of(
            "en", "%s Road",
            "de", "%sstraße",
            "es", "calle %s",
            "ca", "carrer %s",
            "it", "via %s");

    private static final String[] STARTS = {
        "Al", "Bar", "Cor", "Dan", "El", "Fer", "Gal", "Hal", "Ir", "Jor", "Kal", "Lin", "Mor", "Nar", "Or", "Pel",
        "Quil", "Ros", "Sol", "Tar", "Ul", "Vel", "Wen", "Xan", "Yor", "Zan"
    };
    private static final String[] MIDDLES = {
        "a", "be", "ci", "do", "e", "fi", "ga", "hi", "i", "ka", "lo", "mi", "no", "o", "pe", "ra", "se", "ti", "u",
        "va", "wi", "ze"
    };
    private static final String[] ENDS = {
        "bach", "dell", "dor", "feld", "gard", "lin", "mar", "mont", "nova", "ria", "ro", "sens", "tal", "tec", "ton",
        "vale", "via", "zen"
    };

    private final Map<String, List<String>> titles = new HashMap<>();
    private final Map<String, List<String>> texts = new HashMap<>();

    Phrases() {
        for (String line : ResourceLines.of("phrases.txt")) {
            String[] parts = line.split("\\|");
            (parts[1].equals("title") ? titles : texts)
                    .computeIfAbsent(parts[0], language -> new ArrayList<>())
                    .add(parts[2]);
        }
    }

    /**
     * What an offering is about, the same for its title and description in all its languages.
     *
     * @param type what it gives
     * @param other what else it gives, or the same
     * @param name of a product
     * @param street without "street"
     */
    record Subject(Topic topic, Topic.Type type, Topic.Type other, String city, String name, String street) {
        private String value(String word, String language, Random random) {
            return switch (word) {
                case "category" -> topic.labels().get(language);
                case "type" -> type.labels().get(language);
                case "other" -> other.labels().get(language);
                case "city" -> city;
                case "name" -> name;
                case "street" -> String.format(Locale.ROOT, STREETS.get(language), street);
                case "minutes" -> String.valueOf(1 + random.nextInt(60));
                default -> throw new IllegalStateException("No word of the generator's phrases: " + word);
            };
        }
    }

    /** A name that sounds like one, out of some ten thousand or, with a number, many more. */
    static String name(Random random) {
        String name = STARTS[random.nextInt(STARTS.length)]
                + MIDDLES[random.nextInt(MIDDLES.length)]
                + ENDS[random.nextInt(ENDS.length)];
        return random.nextInt(4) > 0 ? name : name + " " + (1 + random.nextInt(999));
    }

    /** A name without a number. */
    static String street(Random random) {
        return STARTS[random.nextInt(STARTS.length)]
                + MIDDLES[random.nextInt(MIDDLES.length)]
                + MIDDLES[random.nextInt(MIDDLES.length)]
                + ENDS[random.nextInt(ENDS.length)];
    }

    String title(Subject subject, String language, Random random) {
        List<String> its = titles.get(language);
        return filled(its.get(random.nextInt(its.size())), subject, language, random);
    }

    /** One to three sentences, each once. */
    String description(Subject subject, String language, Random random) {
        List<String> its = texts.get(language);
        int first = random.nextInt(its.size());
        int count = 1 + random.nextInt(3);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(i == 0 ? "" : " ");
            text.append(filled(its.get((first + i * 3) % its.size()), subject, language, random));
        }
        return text.toString();
    }

    private static String filled(String template, Subject subject, String language, Random random) {
        StringBuilder text = new StringBuilder();
        int at = 0;
        for (int open = template.indexOf('{'); open >= 0; open = template.indexOf('{', at)) {
            text.append(template, at, open);
            at = template.indexOf('}', open) + 1;
            String word = template.substring(open + 1, at - 1);
            String value = subject.value(word, language, random);
            boolean label = Set.of("category", "type", "other").contains(word);
            text.append(label && open > 0 && !language.equals("de") ? inSentence(value) : value);
        }
        return text.append(template, at, template.length()).toString();
    }

    /** Labels begin with a capital, which only abbreviations keep. */
    private static String inSentence(String label) {
        boolean word = label.length() > 1 && Character.isLowerCase(label.charAt(1));
        return word ? label.substring(0, 1).toLowerCase(Locale.ROOT) + label.substring(1) : label;
    }
}

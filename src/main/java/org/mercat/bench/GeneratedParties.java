// SPDX-License-Identifier: Apache-2.0
package org.mercat.bench;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.LongFunction;
import java.util.stream.LongStream;

/** Organizations, an organization for 200 offerings but no more than 2000, and one to four providers of each. */
final class GeneratedParties {
    private static final int MOST = 2000;
    private static final int OFFERINGS_EACH = 200;

    private final List<String> organizations;
    private final List<String> names = new ArrayList<>();
    private final List<String> providers = new ArrayList<>();

    /** @param randoms by number; this takes negative ones */
    GeneratedParties(long offerings, LongFunction<Random> randoms) {
        organizations = organizations(offerings);
        for (int i = 1; i <= organizations.size(); i++) {
            Random random = randoms.apply(-i);
            names.add(Phrases.name(random));
            int systems = 1 + random.nextInt(4);
            for (int j = 1; j <= systems; j++) {
                providers.add("org" + i + "/prov" + j);
            }
        }
    }

    /** The ids of the organizations for a number of offerings; each has a provider {@code prov1}. */
    static List<String> organizations(long offerings) {
        return LongStream.rangeClosed(1, Math.max(1, Math.min(MOST, offerings / OFFERINGS_EACH)))
                .mapToObj(i -> "org" + i)
                .toList();
    }

    /** Providers, some of whom have ten times as many offerings as others. */
    Weighted<String> drawn(Random random) {
        return new Weighted<>(providers, provider -> 1 + 9 * Math.pow(random.nextDouble(), 3));
    }

    /** Writes all of them, organizations first. */
    void write(JsonGenerator json) throws IOException {
        for (int i = 0; i < organizations.size(); i++) {
            String id = organizations.get(i);
            json.writeStartObject();
            json.writeStringField("@type", "Organization");
            json.writeStringField("id", id);
            json.writeStringField("name", names.get(i));
            json.writeStringField("email", "contact@" + id + ".example");
            json.writeEndObject();
        }
        for (String provider : providers) {
            String organization = provider.substring(0, provider.indexOf('/'));
            json.writeStartObject();
            json.writeStringField("@type", "Provider");
            json.writeStringField("id", provider);
            String name = names.get(organizations.indexOf(organization));
            json.writeStringField("name", name + " " + provider.charAt(provider.length() - 1));
            json.writeStringField("organization", organization);
            json.writeEndObject();
        }
    }
}

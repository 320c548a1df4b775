// SPDX-License-Identifier: Apache-2.0
package org.mercat.demand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressesTest {
    private static final Addresses PUBLIC = new Addresses(false);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.9.9.9",
                "0.0.0.0",
                "0.1.2.3",
                "10.0.0.1",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "169.254.169.254",
                "100.64.0.1",
                "100.127.255.255",
                "192.0.0.8",
                "192.0.2.1",
                "198.18.0.1",
                "198.19.9.9",
                "198.51.100.1",
                "203.0.113.9",
                "224.0.0.1",
                "239.1.1.1",
                "240.0.0.1",
                "255.255.255.255",
                "::1",
                "::",
                "fe80::1",
                "fec0::1",
                "fc00::1",
                "fd12:3456::1",
                "ff02::1",
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "64:ff9b::7f00:1",
                "2002:7f00:1::",
                "2001:0:1::1",
                "2001:db8::1",
                "100::1"
            })
    void what_is_not_public_is_refused(String address) throws UnknownHostException {
        assertThat(Addresses.isPublic(InetAddress.getByName(address))).isFalse();
        String host = address.contains(":") ? "[" + address + "]" : address;
        assertThat(PUBLIC.fault("https://" + host + "/x"))
                .hasValueSatisfying(fault -> assertThat(fault).contains("not public"));
        assertThat(new Addresses(true).fault("https://" + host + "/x")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8.8.8.8",
                "100.63.255.255",
                "100.128.0.1",
                "172.15.0.1",
                "172.32.0.1",
                "192.1.0.1",
                "198.20.0.1",
                "223.255.255.255",
                "2600::1",
                "2a00:1450:4001::1",
                "2001:4860:4860::8888"
            })
    void what_is_public_is_taken(String address) throws UnknownHostException {
        assertThat(Addresses.isPublic(InetAddress.getByName(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost/", "http://LOCALHOST:8080/x", "http://2130706433/", "http://0x7f.1/"})
    void this_machine_under_other_names_is_refused(String url) {
        assertThat(PUBLIC.fault(url)).isPresent();
    }

    /** As if the name had meant something else when the demand was registered. */
    @Test
    void nothing_is_sent_to_an_address_that_is_not_public() throws Exception {
        try (ServerSocket here = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            here.setSoTimeout(200);
            WebhookClient client = new WebhookClient(PUBLIC, Duration.ofSeconds(5));
            String url = "http://localhost:" + here.getLocalPort() + "/";
            assertThatThrownBy(() -> client.post(url, Map.of(), new byte[0]))
                    .isInstanceOf(UnknownHostException.class)
                    .hasMessageContaining("not public");
            assertThatThrownBy(here::accept).isInstanceOf(java.net.SocketTimeoutException.class);
        }
    }
}

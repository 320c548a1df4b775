// SPDX-License-Identifier: Apache-2.0
package org.mercat.demand;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * Which addresses may be sent to. A webhook's owner chooses its address, so without this the catalogue would reach for
 * anybody into the network that it runs in.
 *
 * @param allowPrivate whether any will do
 * @see <a href="https://www.iana.org/assignments/iana-ipv4-special-registry">IANA IPv4 Special-Purpose Addresses</a>
 */
record Addresses(boolean allowPrivate) {
    /** What is wrong with the address of a webhook, as far as the name service knows now. */
    Optional<String> fault(String url) {
        try {
            resolve(URI.create(url).getHost());
            return Optional.empty();
        } catch (UnknownHostException e) {
            return Optional.of(e.getMessage());
        } catch (IllegalArgumentException e) {
            return Optional.of("\"" + url + "\" is no address: write https://app.example.org/mercat");
        }
    }

    /** The addresses of a host. @throws UnknownHostException if there are none, or one that may not be sent to */
    InetAddress[] resolve(String host) throws UnknownHostException {
        if (host == null) {
            throw new UnknownHostException("There is no host in it: write https://app.example.org/mercat");
        }
        InetAddress[] all;
        try {
            all = InetAddress.getAllByName(host);
        } catch (UnknownHostException e) {
            throw new UnknownHostException("The name service does not know \"" + host + "\".");
        }
        for (InetAddress address : all) {
            if (!allowPrivate && !isPublic(address)) {
                throw new UnknownHostException("\"" + host + "\" is the address " + address.getHostAddress()
                        + ", which is not public: events are not sent there. The operator can allow it"
                        + " (--allow-private-webhooks).");
            }
        }
        return all;
    }

    static boolean isPublic(InetAddress address) {
        byte[] bytes = address.getAddress();
        return !address.isAnyLocalAddress()
                && !address.isLoopbackAddress()
                && !address.isLinkLocalAddress()
                && !address.isSiteLocalAddress()
                && !address.isMulticastAddress()
                && (address instanceof Inet4Address ? isPublic4(bytes) : isPublic6(bytes));
    }

    private static boolean isPublic4(byte[] bytes) {
        int first = bytes[0] & 0xff;
        int second = bytes[1] & 0xff;
        int third = bytes[2] & 0xff;
        boolean shared = first == 100 && second >= 64 && second < 128;
        boolean protocols = first == 192 && second == 0 && (third == 0 || third == 2);
        boolean benchmarks = first == 198 && (second == 18 || second == 19);
        boolean examples = first == 198 && second == 51 && third == 100 || first == 203 && second == 0 && third == 113;
        return first != 0 && first < 224 && !shared && !protocols && !benchmarks && !examples;
    }

    /** Global unicast, and no other address in disguise. */
    private static boolean isPublic6(byte[] bytes) {
        int first = (bytes[0] & 0xff) << 8 | bytes[1] & 0xff;
        int second = (bytes[2] & 0xff) << 8 | bytes[3] & 0xff;
        boolean global = (first & 0xe000) == 0x2000;
        boolean translated = first == 0x2002; // 6to4
        boolean special = first == 0x2001 && (second < 0x0200 || second == 0x0db8); // Teredo, ORCHID, documentation
        return global && !translated && !special;
    }
}

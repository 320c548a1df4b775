// SPDX-License-Identifier: Apache-2.0
package org.mercat.usage;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.mercat.usage.UsageEvent.Key;
import org.mercat.usage.UsageEvent.Side;

/** Events and sums as bytes: keys in the order in which a bill reads them, by contract, month and day. */
final class EventFormat {
    private static final int HASH = 16;

    /** Bytes of where an event is. */
    static final int ADDRESS = Integer.BYTES * 2 + Long.BYTES;

    private static final int MAX_MONTHS = 12;

    private final Dictionary names;

    /** @param names numbers for the names of contracts, clients and metrics */
    EventFormat(Dictionary names) {
        this.names = names;
    }

    /** Half a SHA-256, which nobody can make collide, of an event's key. */
    static byte[] hash(Key key) {
        return hash(List.of(key.reporter(), key.source(), key.id()));
    }

    /** Half a SHA-256 of words. */
    static byte[] hash(List<String> parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String part : parts) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                digest.update(
                        ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
                digest.update(bytes);
            }
            return Arrays.copyOf(digest.digest(), HASH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    /** Where all events of a contract and month begin. */
    static byte[] prefix(int contract, YearMonth month) {
        return ByteBuffer.allocate(Integer.BYTES * 2)
                .putInt(contract)
                .putInt(number(month))
                .array();
    }

    /** Where one event is. */
    static byte[] address(int contract, YearMonth month, long number) {
        return ByteBuffer.allocate(ADDRESS)
                .putInt(contract)
                .putInt(number(month))
                .putLong(number)
                .array();
    }

    /** Where the sum of a day is, below its month. */
    static byte[] sumAddress(int contract, YearMonth month, LocalDate day, Side side, int metric) {
        return ByteBuffer.allocate(Integer.BYTES * 4 + 1)
                .putInt(contract)
                .putInt(number(month))
                .putInt((int) day.toEpochDay())
                .put((byte) side.ordinal())
                .putInt(metric)
                .array();
    }

    private static int number(YearMonth month) {
        return month.getYear() * MAX_MONTHS + month.getMonthValue() - 1;
    }

    static YearMonth month(int number) {
        return YearMonth.of(number / MAX_MONTHS, number % MAX_MONTHS + 1);
    }

    byte[] write(UsageEvent event) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(96);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(names.number(event.key().reporter()));
            out.writeByte(event.side().ordinal());
            out.writeUTF(event.key().source());
            out.writeUTF(event.key().id());
            out.writeLong(event.time().toEpochMilli());
            out.writeLong(event.until().map(Instant::toEpochMilli).orElse(Long.MIN_VALUE));
            out.writeByte(event.quantities().size());
            for (var quantity : event.quantities().entrySet()) {
                out.writeInt(names.number(quantity.getKey()));
                write(out, quantity.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void write(DataOutputStream out, BigDecimal quantity) throws IOException {
        byte[] unscaled = quantity.unscaledValue().toByteArray();
        out.writeByte(quantity.scale());
        out.writeByte(unscaled.length);
        out.write(unscaled);
    }

    private static BigDecimal readQuantity(DataInputStream in) throws IOException {
        int scale = in.readByte();
        return new BigDecimal(new BigInteger(in.readNBytes(in.readUnsignedByte())), scale);
    }

    Booked read(byte[] address, byte[] value) {
        ByteBuffer key = ByteBuffer.wrap(address);
        String contract = names.name(key.getInt());
        YearMonth month = month(key.getInt());
        long number = key.getLong();
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(value))) {
            String reporter = names.name(in.readInt());
            Side side = Side.values()[in.readByte()];
            Key known = new Key(reporter, in.readUTF(), in.readUTF());
            Instant time = Instant.ofEpochMilli(in.readLong());
            long until = in.readLong();
            TreeMap<String, BigDecimal> quantities = new TreeMap<>();
            for (int left = in.readUnsignedByte(); left > 0; left--) {
                quantities.put(names.name(in.readInt()), readQuantity(in));
            }
            Optional<Instant> end =
                    until == Long.MIN_VALUE ? Optional.empty() : Optional.of(Instant.ofEpochMilli(until));
            return new Booked(new UsageEvent(known, contract, side, time, end, quantities), month, number);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The sum of a day. */
    record Sum(long events, BigDecimal quantity) {
        static final Sum NOTHING = new Sum(0, BigDecimal.ZERO);

        Sum plus(BigDecimal more) {
            return new Sum(events + 1, UsageEvent.plain(quantity.add(more)));
        }
    }

    static byte[] write(Sum sum) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(24);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeLong(sum.events);
            write(out, sum.quantity);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static Sum readSum(byte[] value) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(value))) {
            return new Sum(in.readLong(), readQuantity(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    DayTotal readTotal(byte[] address, byte[] value) {
        ByteBuffer key = ByteBuffer.wrap(address, Integer.BYTES * 2, Integer.BYTES * 2 + 1);
        LocalDate day = LocalDate.ofEpochDay(key.getInt());
        Side side = Side.values()[key.get()];
        Sum sum = readSum(value);
        return new DayTotal(day, side, names.name(key.getInt()), sum.events, sum.quantity);
    }
}

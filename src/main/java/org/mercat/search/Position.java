// SPDX-License-Identifier: Apache-2.0
package org.mercat.search;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far a reader of changes has come: which commits it was told of, and until when offerings whose time ran out. As
 * text it is the id of an event, {@code 17/acme/parking/lot@1767225600000}: the revision with the offering in it, and the
 * milliseconds with the offering that ran out then, without an offering where all of them were told.
 *
 * @param revision of the last change told
 * @param offering id of the last offering told of that revision, {@link #ALL} if that was all of it
 * @param time milliseconds of the epoch until which it was told what ran out
 * @param expired id of the last offering told that ran out then, {@link #ALL} if that were all of them
 */
public record Position(long revision, String offering, long time, String expired) {
    /** Comes after every id. */
    private static final String ALL = "~";

    private static final String ID = "(?:/([a-z0-9][a-z0-9._-]*(?:/[a-z0-9][a-z0-9._-]*)*))?";
    private static final Pattern TEXT = Pattern.compile("(\\d{1,18})" + ID + "@(\\d{1,18})" + ID);

    /** Of one who was told everything up to a revision and an instant. */
    public static Position at(long revision, long time) {
        return new Position(revision, ALL, time, ALL);
    }

    /** Reads an event's id; empty if it is none. */
    public static Optional<Position> parse(String id) {
        Matcher parts = TEXT.matcher(id);
        return parts.matches()
                ? Optional.of(new Position(
                        Long.parseLong(parts.group(1)),
                        parts.group(2) == null ? ALL : parts.group(2),
                        Long.parseLong(parts.group(3)),
                        parts.group(4) == null ? ALL : parts.group(4)))
                : Optional.empty();
    }

    /** After a change was told, too. */
    public Position told(OfferingChange change) {
        return change.ranOut()
                ? new Position(revision, offering, change.time().toEpochMilli(), change.offering())
                : new Position(change.revision(), change.offering(), time, expired);
    }

    /** After all changes up to a revision were told, too. */
    public Position andRevisions(long all) {
        return all < revision ? this : new Position(all, ALL, time, expired);
    }

    /** Whether that change was told. */
    public boolean covers(OfferingChange change) {
        return change.ranOut()
                ? isWithin(change.time().toEpochMilli(), change.offering(), time, expired)
                : isWithin(change.revision(), change.offering(), revision, offering);
    }

    /** Whether all was told that another was told. */
    public boolean covers(Position other) {
        return isWithin(other.revision, other.offering, revision, offering)
                && isWithin(other.time, other.expired, time, expired);
    }

    private static boolean isWithin(long number, String id, long endNumber, String endId) {
        return number < endNumber || number == endNumber && id.compareTo(endId) <= 0;
    }

    /** Whether all changes of the revision were told. */
    boolean isWhole() {
        return offering.equals(ALL);
    }

    /** Whether all that ran out in the millisecond was told. */
    boolean isWholeTime() {
        return expired.equals(ALL);
    }

    /** The beginning of the second, which is as exact as offerings' times are. */
    Instant second() {
        return Instant.ofEpochSecond(Math.floorDiv(time, 1_000));
    }

    @Override
    public String toString() {
        return revision + (isWhole() ? "" : "/" + offering) + "@" + time + (isWholeTime() ? "" : "/" + expired);
    }
}

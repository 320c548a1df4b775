// SPDX-License-Identifier: Apache-2.0
package org.mercat.vocabulary;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.mercat.rdf.OtherSyntax;

/** The text of a file that should be Turtle in UTF-8; what is something else is told from Turtle by how it begins. */
final class SourceText {
    private SourceText() {}

    /** @throws SyntaxFault if it is no text, or the text of another syntax */
    static String of(Source source) {
        if (source.isTooLarge()) {
            throw new SyntaxFault(
                    Place.UNKNOWN,
                    "The file has " + (source.size() >> 20) + " MB, and at most " + (Source.LARGEST >> 20)
                            + " MB are checked: split it, a vocabulary for each topic.");
        }
        String text = decode(source.bytes());
        OtherSyntax.of(text).ifPresent(mend -> {
            throw new SyntaxFault(new Place(1, 1), mend);
        });
        return text;
    }

    private static String decode(byte[] bytes) {
        if (begins(bytes, 0xFE, 0xFF) || begins(bytes, 0xFF, 0xFE)) {
            throw new SyntaxFault(
                    new Place(1, 1), "The file is encoded in UTF-16, and Turtle is UTF-8: save it as UTF-8.");
        }
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        int mark = begins(bytes, 0xEF, 0xBB, 0xBF) ? 3 : 0;
        ByteBuffer in = ByteBuffer.wrap(bytes, mark, bytes.length - mark);
        CharBuffer out = CharBuffer.allocate(bytes.length - mark);
        CoderResult result = decoder.decode(in, out, true);
        out.flip();
        if (result.isError()) {
            throw new SyntaxFault(
                    endOf(out),
                    String.format(
                            java.util.Locale.ROOT,
                            "Byte 0x%02X at offset %d is not UTF-8, and Turtle is: the file was saved in another encoding,"
                                    + " perhaps Windows-1252; save it as UTF-8.",
                            bytes[in.position()],
                            in.position()));
        }
        return out.toString();
    }

    private static Place endOf(CharSequence text) {
        int line = 1;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '\n') {
                line++;
                start = i + 1;
            }
        }
        return new Place(line, text.length() - start + 1);
    }

    private static boolean begins(byte[] bytes, int... with) {
        if (bytes.length < with.length) {
            return false;
        }
        for (int i = 0; i < with.length; i++) {
            if ((bytes[i] & 0xFF) != with[i]) {
                return false;
            }
        }
        return true;
    }
}

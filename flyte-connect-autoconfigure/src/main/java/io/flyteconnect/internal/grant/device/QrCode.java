package io.flyteconnect.internal.grant.device;

import java.util.Map;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;
import org.springframework.util.ClassUtils;

/**
 * Draws a link as a QR code of half-height blocks, for a terminal. Needs ZXing
 * ({@code com.google.zxing:core}) on the class path, which the starter does not bring.
 */
final class QrCode {

	private static final boolean AVAILABLE = ClassUtils.isPresent("com.google.zxing.qrcode.QRCodeWriter",
			QrCode.class.getClassLoader());

	private QrCode() {
	}

	static String of(String text) {
		return AVAILABLE ? Drawing.of(text) : "(for a QR code add com.google.zxing:core to the class path)";
	}

	private static final class Drawing {

		static String of(String text) {
			try {
				BitMatrix code = new QRCodeWriter().encode(text, BarcodeFormat.QR_CODE, 0, 0,
						Map.of(EncodeHintType.MARGIN, 2));
				StringBuilder drawing = new StringBuilder();
				for (int y = 0; y < code.getHeight(); y += 2) {
					for (int x = 0; x < code.getWidth(); x++) {
						drawing.append(block(code.get(x, y), y + 1 < code.getHeight() && code.get(x, y + 1)));
					}
					drawing.append(System.lineSeparator());
				}
				return drawing.toString();
			}
			catch (WriterException ex) {
				return "(this link is too long for a QR code)";
			}
		}

		// Light on dark, as most terminals are: what is dark in the code stays empty.
		private static char block(boolean upperDark, boolean lowerDark) {
			if (upperDark) {
				return lowerDark ? ' ' : '\u2584';
			}
			return lowerDark ? '\u2580' : '\u2588';
		}

	}

}

package io.flyteconnect.internal.grant.device;

import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.LuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import org.apache.commons.logging.LogFactory;
import org.junit.jupiter.api.Test;
import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;

class QrCodeTests {

	@Test
	void whenTheDrawingIsScannedThenTheLinkIsRead() throws Exception {
		String link = "https://idp.example/device?user_code=WDJB-MJHT";
		assertThat(scan(QrCode.of(link))).isEqualTo(link);
	}

	@Test
	void whenTheLinkIsTooLongThenTheDrawingSaysSo() {
		assertThat(QrCode.of("https://idp.example/" + "x".repeat(5000))).contains("too long for a QR code");
	}

	@Test
	void whenZxingIsNotThereThenAHintStandsForTheCode() throws Exception {
		URL[] withoutZxing = { location(QrCode.class), location(ClassUtils.class), location(LogFactory.class) };
		try (URLClassLoader loader = new URLClassLoader(withoutZxing, ClassLoader.getPlatformClassLoader())) {
			Method drawing = loader.loadClass(QrCode.class.getName()).getDeclaredMethod("of", String.class);
			drawing.setAccessible(true);
			assertThat(drawing.invoke(null, "https://idp.example"))
				.isEqualTo("(for a QR code add com.google.zxing:core to the class path)");
		}
	}

	private static URL location(Class<?> type) {
		return type.getProtectionDomain().getCodeSource().getLocation();
	}

	private static String scan(String drawing) throws Exception {
		String[] lines = drawing.split("\\R");
		return new QRCodeReader().decode(new BinaryBitmap(new HybridBinarizer(new Terminal(lines)))).getText();
	}

	/**
	 * What a camera sees of a dark terminal: eight pixels a module.
	 */
	private static final class Terminal extends LuminanceSource {

		private static final int SCALE = 8;

		private final String[] lines;

		private Terminal(String[] lines) {
			super(lines[0].length() * SCALE, lines.length * 2 * SCALE);
			this.lines = lines;
		}

		@Override
		public byte[] getRow(int y, byte[] reused) {
			byte[] row = new byte[getWidth()];
			for (int x = 0; x < row.length; x++) {
				row[x] = isLight(x / SCALE, y / SCALE) ? (byte) 0xff : 0;
			}
			return row;
		}

		private boolean isLight(int x, int y) {
			char block = this.lines[y / 2].charAt(x);
			return block == '\u2588' || block == ((y % 2 == 0) ? '\u2580' : '\u2584');
		}

		@Override
		public byte[] getMatrix() {
			byte[] matrix = new byte[getWidth() * getHeight()];
			for (int y = 0; y < getHeight(); y++) {
				System.arraycopy(getRow(y, matrix), 0, matrix, y * getWidth(), getWidth());
			}
			return matrix;
		}

	}

}

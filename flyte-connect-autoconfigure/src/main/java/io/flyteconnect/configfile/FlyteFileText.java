package io.flyteconnect.configfile;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.origin.OriginTrackedValue;
import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.boot.origin.TextResourceOrigin.Location;
import org.springframework.core.io.FileSystemResource;

/**
 * The text of a Flyte file, and places in it. Lines and columns start at zero, as those
 * of Spring Boot's origins do; people read them starting at one.
 *
 * @param path the file
 * @param text what it holds
 * @author Flyte Connect
 */
record FlyteFileText(Path path, String text) {

	static FlyteFileText read(Path path) {
		try {
			byte[] bytes = Files.readAllBytes(path);
			return new FlyteFileText(path,
					StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
		}
		catch (CharacterCodingException ex) {
			throw new InvalidFlyteFileException(path.toString(), "The file is no UTF-8 text.",
					"Save the file in UTF-8.", ex);
		}
		catch (IOException ex) {
			throw new InvalidFlyteFileException(path.toString(), "The file cannot be read.",
					"Make it a file that this process may read, or set flyte.config-file to another file or to 'none'.",
					ex);
		}
	}

	OriginTrackedValue track(Object value, int line, int column) {
		return OriginTrackedValue.of(value,
				new TextResourceOrigin(new FileSystemResource(this.path), new Location(line, column)));
	}

	InvalidFlyteFileException invalid(int line, int column, String reason, String action, @Nullable Throwable cause) {
		return new InvalidFlyteFileException(this.path + ":" + (line + 1) + ":" + (column + 1), reason, action, cause);
	}

}

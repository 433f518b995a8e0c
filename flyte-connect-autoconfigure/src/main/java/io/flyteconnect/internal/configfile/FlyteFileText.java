package io.flyteconnect.internal.configfile;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.origin.OriginTrackedValue;
import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.boot.origin.TextResourceOrigin.Location;
import org.springframework.core.io.FileSystemResource;

import io.flyteconnect.internal.file.BoundedFile;
import io.flyteconnect.internal.file.UnusableFileException;

/**
 * The text of a Flyte file, and places in it. Lines and columns start at zero, as those
 * of Spring Boot's origins do; people read them starting at one.
 *
 * @param path the file
 * @param text what it holds
 */
public record FlyteFileText(Path path, String text) {

	static FlyteFileText read(Path path) {
		try {
			return new FlyteFileText(path, BoundedFile.text(path));
		}
		catch (UnusableFileException ex) {
			throw new InvalidFlyteFileException(path.toString(), "The file " + ex.getSentence() + ".",
					switch (ex.getProblem()) {
						case NOT_TEXT -> "Save the file in UTF-8.";
						case NO_ANSWER -> FlyteFiles.MEND;
						default -> "Make it a file of settings that this process may read, or set flyte.config-file to"
								+ " another file or to 'none'.";
					}, ex);
		}
	}

	public OriginTrackedValue track(Object value, int line, int column) {
		return OriginTrackedValue.of(value,
				new TextResourceOrigin(new FileSystemResource(this.path), new Location(line, column)));
	}

	public InvalidFlyteFileException invalid(int line, int column, String reason, String action,
			@Nullable Throwable cause) {
		return new InvalidFlyteFileException(this.path + ":" + (line + 1) + ":" + (column + 1), reason, action, cause);
	}

}

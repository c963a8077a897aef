import './editor.ts';
import './editor.css';
